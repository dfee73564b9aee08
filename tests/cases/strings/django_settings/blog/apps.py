class BlogConfig:
    pass
