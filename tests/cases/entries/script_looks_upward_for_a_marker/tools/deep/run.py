import sys
from pathlib import Path

root = Path(__file__).resolve().parent
while not (root / "marker.cfg").exists():
    root = root.parent
sys.path.insert(0, str(root / "code"))
import shop
import nowhere  # expect: HW203
