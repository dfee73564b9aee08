import sys

if sys.version_info >= (3, 13):
    import here.a  # expect: HW101(unknown)
else:
    import here.b  # expect: HW101(unknown)
