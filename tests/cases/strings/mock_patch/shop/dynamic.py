globals().update(a=1)
