try:
    import gamma
except ImportError:
    gamma = None


def later():
    import epsilon
    import beta_core  # expect: HW503
