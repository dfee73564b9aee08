def wanted():
    return False


if wanted():
    try:
        import second_raises  # expect: HW141(unknown)
    except ModuleNotFoundError:
        pass
