try:
    import exit_in_an_outer_try  # expect: HW141(cascade)
except ImportError:
    pass
