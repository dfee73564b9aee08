x = (  # expect: HW301(deferred)
