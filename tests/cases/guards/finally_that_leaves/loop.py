for i in (1, 2):
    try:
        import fp.gone_h  # expect: HW101(optional)
    finally:
        break
