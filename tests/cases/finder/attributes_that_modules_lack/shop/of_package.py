from shop import parts

x = parts.two.value  # expect: HW111
