from by_chain import broken
