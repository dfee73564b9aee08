# headwater: ignore-file[HW101]
import shop.gone


def late():
    import shop.lost
    from shop import nothing  # expect: HW111
