import shop.gone  # expect: HW101


def main():
    pass
