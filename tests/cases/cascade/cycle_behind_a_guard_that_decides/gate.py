raise ImportError("closed")
