try:
    from by_class import task
except ImportError:
    task = None
