try:
    import redis  # expect: HW201(environment)
except ImportError as error:
    raise RuntimeError("cache needs redis") from error
