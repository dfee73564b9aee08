from shop._version import version  # expect: HW103
