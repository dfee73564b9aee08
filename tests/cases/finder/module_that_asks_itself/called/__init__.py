def work():
    from called import gone  # expect: HW111
