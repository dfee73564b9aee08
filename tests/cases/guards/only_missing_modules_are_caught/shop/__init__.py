# ModuleNotFoundError is no ImportError that a missing name raises.
from contextlib import suppress

try:
    from shop.there import gone  # expect: HW111(fault)
except ModuleNotFoundError:
    import shop.not_reached  # expect: HW101(optional)

try:
    import shop.gone  # expect: HW101(optional)
except ModuleNotFoundError:
    import shop.reached  # expect: HW101(fault)

with suppress(ModuleNotFoundError):
    from shop.there import gone  # expect: HW111(fault)
with suppress(ModuleNotFoundError):
    import shop.gone  # expect: HW101(optional)

try:
    from ... import sibling  # expect: HW122(fault)
except ModuleNotFoundError:
    pass

# Any that catches more, wherever it stands, is enough.
try:
    from shop.there import gone  # expect: HW111(optional)
except ModuleNotFoundError:
    import shop.perhaps  # expect: HW101(unknown)
except ImportError:
    pass
try:
    try:
        from shop.there import gone  # expect: HW111(optional)
    except ModuleNotFoundError:
        pass
except ImportError:
    pass
try:
    from shop.there import gone  # expect: HW111(optional)
except (ModuleNotFoundError, ImportError):
    pass
