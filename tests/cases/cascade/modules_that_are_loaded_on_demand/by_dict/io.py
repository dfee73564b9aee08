import by_dict.gone  # expect: HW101(fault)


def load(): ...
