import json
import os.path
from shop import tools
from shop.models import Order as Bought
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.models import Typed


def fetch():
    return open(os.path.join("a"))
