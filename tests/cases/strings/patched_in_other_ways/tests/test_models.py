import pytest  # expect: HW203
from unittest import mock
from unittest.mock import patch

import shop.dup.client

pytest.importorskip("shop.speed")  # expect: HW401(optional)


@patch("shop.speed.up")
@patch("shop.models.Order._Order__connect")
@patch("shop.models.Order.mro")
@patch("shop.models.Order.rate")
@patch("shop.models.Order.Meta.any")
@patch("shop.models.Starred.quick")
@patch("shop.state.db")
@patch("shop.dup.client.quicker")
@patch("shop.models.Order.gone")
@patch("shop.models.Plain.gone")
@patch("shop.fast.Starred.gone")  # expect: HW402
@patch("shop.state.gone")  # expect: HW402
def test_all(*made):
    with pytest.raises(AttributeError):
        patch("shop.state.lost").start()
    try:
        patch("shop.state.lost").start()
    except AttributeError:
        pass
    if hasattr(shop, "lost"):
        patch("shop.state.lost").start()
    patch("shop.state.lost", mock.ANY, None, True).start()
    patch("shop.state.lost", **{"create": True}).start()
    with mock.patch.dict("sys.modules", {"shop.made": mock.Mock()}):
        patch("shop.made.x").start()


@pytest.mark.skipif(True, reason="")
@patch("shop.state.lost")
def test_skipped(lost):
    pass
