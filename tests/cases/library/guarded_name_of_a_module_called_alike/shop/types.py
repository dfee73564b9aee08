from types import Gone  # expect: HW214(fault)
