# The last resort of a chain is reached only if everything before it fails.
try:
    from shop.a import now  # expect: HW101(optional)
except ImportError:
    try:
        from shop.there import now
    except ImportError:
        try:
            from shop.b import now  # expect: HW101(optional)
        except ImportError:
            from shop.c import now  # expect: HW101(optional)

try:
    from shop.a import then  # expect: HW101(optional)
except ImportError:
    try:
        from shop.b import then  # expect: HW101(optional)
    except ImportError:
        from shop.c import then  # expect: HW101(fault)

try:
    from shop.a import value  # expect: HW101(optional)
except ImportError:
    value = None
try:
    value = value or 1
except ImportError:
    from shop.c import value  # expect: HW101(unknown)

try:
    from shop.there import now
except ImportError:
    from shop.c import now  # expect: HW101(optional)
