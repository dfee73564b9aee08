def f():
    print "Python 2"  # expect: HW301
