def run():
    import trainkit  # expect: HW141
    return trainkit
