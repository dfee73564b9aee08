import sys

try:
    import here.gone_a  # expect: HW101(fault)
except ImportError:
    sys.exit("install it")
