if False:
    import here.a  # expect: HW101(optional)
elif 0:
    import nobody_has_this  # expect: HW203(optional)
else:
    import here.b  # expect: HW101(fault)
while 0:
    import here.c  # expect: HW101(optional)
if True:
    import here.d  # expect: HW101(fault)
else:
    import here.e  # expect: HW101(optional)
if not True:
    import here.f  # expect: HW101(optional)
if False and unknown():
    import here.g  # expect: HW101(optional)
while True:
    if unknown():
        break
    import here.h  # expect: HW101(unknown)
