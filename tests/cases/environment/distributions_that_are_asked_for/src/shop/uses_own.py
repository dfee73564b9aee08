import shop.own  # expect: HW141(cascade)
