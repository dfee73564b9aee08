import sys

# Without an environment the platform is not known.
if sys.platform == "win32":
    import here.a  # expect: HW101(unknown)
elif sys.platform.startswith("linux"):
    import here.b  # expect: HW101(unknown)
