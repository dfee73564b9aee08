name = 'x'
y = t'{name}'  # expect: HW302
