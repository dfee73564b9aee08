x = {'a': 1}
y = f'{x['a']}'  # expect: HW302
