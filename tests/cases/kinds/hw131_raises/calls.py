def need(name):
    raise RuntimeError(name)  # expect: HW131
