import remnant

if remnant.__file__ is None:
    raise RuntimeError("a folder without code")  # expect: HW131
