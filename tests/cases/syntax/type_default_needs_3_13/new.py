class A[T = int]:  # expect: HW302
    pass
