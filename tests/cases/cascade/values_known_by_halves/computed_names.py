FLAG = True
globals()["galf"[::-1].upper()] = False
if FLAG:
    raise RuntimeError("the line above is known to write some name only")
