class A:
    def set_up(self):
        globals()["X"] = 1


class B(A):
    def set_up(self):
        super().set_up()


B().set_up()
