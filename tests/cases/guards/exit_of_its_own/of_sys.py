from sys import exit

try:
    import here.gone_b  # expect: HW101(fault)
except ImportError:
    exit(1)
