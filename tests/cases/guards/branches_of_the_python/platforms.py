import os
import sys

if sys.platform == "win32":
    import here.a  # expect: HW101(unknown)

    def later():
        import here.b  # expect: HW101(unknown)
elif sys.platform.startswith("linux") or os.name == "nt":
    import here.c  # expect: HW101(fault)
if os.name != "posix":
    import here.d  # expect: HW101(unknown)
else:
    import here.e  # expect: HW101(fault)
if sys.platform in ("cygwin", "linux"):
    import here.f  # expect: HW101(unknown)
if sys.platform != "darwin":
    import here.g  # expect: HW101(fault)
try:
    if sys.platform == "darwin":
        import here.h  # expect: HW101(unknown)
except ImportError:
    import here.i  # expect: HW101(optional)
