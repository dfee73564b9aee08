from unittest import mock


def test_other_shop(tmp_path, monkeypatch):
    (tmp_path / "shop").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    with mock.patch("shop.made.size"):
        pass
