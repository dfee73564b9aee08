try:
    from shop import a  # expect: HW141(optional)
except ImportError:
    from shop import b  # expect: HW141(cascade)
