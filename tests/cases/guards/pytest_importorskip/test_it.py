import pytest  # expect: HW203

import here.a  # expect: HW101(fault)

pytest.importorskip("here.a")  # expect: HW401(optional)
found = pytest.importorskip("here.b", reason="of no use without it")  # expect: HW401(optional)

import here.a  # expect: HW101(optional)
import here.a.part  # expect: HW101(optional)
from here.b import name  # expect: HW101(optional)
import here.ab  # expect: HW101(fault)
