try:
    from typing import TypeAliasType  # expect: HW214(optional)
except ImportError:
    TypeAliasType = None
