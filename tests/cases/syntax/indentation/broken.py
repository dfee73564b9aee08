def f():
return 1  # expect: HW301
