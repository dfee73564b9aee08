import pytest  # expect: HW203(unknown)

pytest.importorskip("numpy")
pytest.importorskip("shop.gone")  # expect: HW401(optional)
