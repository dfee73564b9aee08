import sys
from pathlib import Path

for parent in Path(__file__).resolve().parents:
    if (parent / "marker.cfg").exists():
        sys.path.insert(0, str(parent / "code"))
        break
import shop
import nowhere  # expect: HW203
