from by_class import current
