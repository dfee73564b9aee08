try:
    import differ  # expect: HW141(unknown)
except ImportError:
    pass
