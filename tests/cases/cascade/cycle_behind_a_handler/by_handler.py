try:
    import here.gone  # expect: HW101(optional)
except ImportError:
    import a  # expect: HW141
