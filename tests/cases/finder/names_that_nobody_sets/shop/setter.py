import shop.target as other_name


class Holder:
    def __init__(self):
        self.User = 1


other_name.Group = 2
