from unittest import mock
from unittest.mock import patch

import requests  # expect: HW203(unknown)


@mock.patch("shop.api.fetch")
@mock.patch("shop.api.fetsh")  # expect: HW402
@patch("shop.gone.fetch")  # expect: HW401
@patch("shop.api.Typed")  # expect: HW402
@patch("shop.api.Bought", create=False)
@patch("shop.api.tools.cut")
@patch("shop.api.tools.cat")  # expect: HW402
@patch("shop.api.json.loads")
@patch("shop.api.os.path.join")
@patch("shop.api.open")
@patch("shop.api.print", create=False)
@patch("shop.dynamic.anything")
@patch("shop.served.anything")
@patch("requests.gone")
@patch(f"shop.api.{fetch}")
@patch("shop.api." "fotch")  # expect: HW402
def test_all():
    with mock.patch.dict("shop.api.TABLE", {}):  # expect: HW402
        pass
    with mock.patch.multiple("shop.apis", a=1):  # expect: HW401
        pass
    with patch("shop.api.made", create=True):
        text = "patch('shop.api.in_a_text')"
    # patch("shop.api.in_a_comment")
    requests.patch("shop.api.of_http")


def test_fixtures(monkeypatch, mocker):
    """patch("shop.api.in_a_docstring")"""
    monkeypatch.setattr("shop.api.fetch", None)
    monkeypatch.setattr("shop.api.fitch", None)  # expect: HW402
    monkeypatch.setattr("shop.api.nothing", None, raising=False)
    monkeypatch.delattr("shop.gone.fetch")  # expect: HW401
    mocker.patch("shop.api.mocked")  # expect: HW402
    setattr("shop.api.x", "y", 1)


def test_suppressed():
    with patch("shop.api.later"):  # headwater: ignore[HW402]
        pass
