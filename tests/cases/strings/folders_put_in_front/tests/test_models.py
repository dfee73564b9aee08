from unittest import mock


def test_shop():
    with mock.patch("shop.made.size"):  # expect: HW401
        pass
