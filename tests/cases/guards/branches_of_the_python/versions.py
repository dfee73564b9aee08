import sys
import other
from sys import version_info

if sys.version_info >= (3, 11):
    import here.a  # expect: HW101(fault)
else:
    import here.b  # expect: HW101(optional)

if sys.version_info[0] == 2:
    import here.c  # expect: HW101(optional)
elif sys.version_info[:2] > (3, 12):
    import here.d  # expect: HW101(optional)
elif sys.version_info.major < 4 and not sys.version_info < (3, 8, 0):
    import here.e  # expect: HW101(fault)
else:
    import here.f  # expect: HW101(unknown)

if sys.version_info >= (3, 8) and here:
    import here.g  # expect: HW101(unknown)
if sys.version_info > (3, 12):
    import here.h  # expect: HW101(fault)
if sys.version_info <= (3, 12):
    import here.i  # expect: HW101(optional)
if sys.version_info >= (3, 12, 4):
    import here.j  # expect: HW101(unknown)
if (3, 0) <= sys.version_info:
    import here.k  # expect: HW101(unknown)
# Of other things that are called so, and of tuples of other lengths, nothing is known.
if version_info >= (3, 8):
    import here.l  # expect: HW101(unknown)
if other.version_info[0] >= 4:
    import here.m  # expect: HW101(unknown)
if sys.version_info[:2] > (3,):
    import here.n  # expect: HW101(unknown)
if sys.version_info[:2] >= (3, 12, 0):
    import here.o  # expect: HW101(unknown)
