try:
    import shop.not_held  # expect: HW141(optional)
except ImportError:
    pass
