try:
    from shop import a  # expect: HW141(optional)
    from shop import there
except ImportError:
    from shop import b  # expect: HW141(cascade)
