import alpha
import beta_core  # expect: HW503
import gamma  # expect: HW501
import epsilon  # expect: HW505
import iota  # expect: HW504
from importlib import import_module
import ns.one
import ns.two  # expect: HW501
from ns import one
from typing import TYPE_CHECKING

theta = import_module("theta.inner")

if TYPE_CHECKING:
    import gamma.types


def later():
    import epsilon
    import gamma
