def returns():
    x = 1
    try:
        import fp.gone_a  # expect: HW101(optional)
    finally:
        x = 2
        return x


def only_in_a_branch(x):
    try:
        import fp.gone_b  # expect: HW101(fault)
    finally:
        if x:
            return 1


def handler_too():
    for i in (1, 2):
        try:
            import fp.gone_c  # expect: HW101(optional)
        except ValueError:
            import fp.gone_d  # expect: HW101(optional)
        finally:
            continue
    import fp.gone_e  # expect: HW101(fault)


def not_of_the_finally():
    try:
        import fp.gone_f  # expect: HW101(fault)
    finally:
        import fp.gone_g  # expect: HW101(fault)
        for i in (1, 2):
            break


returns()
