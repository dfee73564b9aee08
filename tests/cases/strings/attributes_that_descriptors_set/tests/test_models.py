from unittest import mock


@mock.patch("shop.models.Order.title_label")
@mock.patch("shop.models.Invoice.title_label")  # expect: HW402
@mock.patch("shop.models.Limited.limit")
def test_models(*args):
    pass
