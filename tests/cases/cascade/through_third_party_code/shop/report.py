from shop import train  # expect: HW141
