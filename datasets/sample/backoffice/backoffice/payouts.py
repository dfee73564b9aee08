import csv
from typing import TYPE_CHECKING

from paykit import Ledger

if TYPE_CHECKING:
    from store.settings import Settings


def export(path: str, settings: "Settings") -> None:
    with open(path, "w", newline="") as stream:
        csv.writer(stream).writerows(Ledger(settings.currency).entries())
