class A:
    def f[T](self, x: T) -> T:  # expect: HW302
        return x
