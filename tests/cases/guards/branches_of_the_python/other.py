version_info = (5,)
