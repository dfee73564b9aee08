# A handler runs if any import of the body fails, an `else` only if all of them work.
try:
    import shop.gone  # expect: HW101(optional)
    from shop.there import now
except ImportError:
    import shop.gone_as_well  # expect: HW101(fault)

try:
    import shop.gone  # expect: HW101(optional)
    from shop.there import now
except ImportError:
    pass
else:
    import shop.not_reached  # expect: HW101(optional)

try:
    from shop.there import now
    from shop.there import now as then
except ImportError:
    import shop.not_reached  # expect: HW101(optional)
else:
    import shop.reached  # expect: HW101(fault)

try:
    try:
        import shop.gone  # expect: HW101(optional)
    except ImportError:
        pass
    from shop.there import now
except ImportError:
    import shop.not_reached  # expect: HW101(optional)
