from shop import base

patterns = [
    # what is gone
    ("a.b", base.size),
    ("c.d", base.gone),  # expect: HW111
]
