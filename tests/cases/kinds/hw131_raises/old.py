raise RuntimeError("moved to tool")  # expect: HW131
