class Engine(  # expect: HW301(fault)
