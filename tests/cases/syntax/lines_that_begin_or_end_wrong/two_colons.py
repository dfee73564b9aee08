if x::  # expect: HW301
    pass
