if False:
    never = 1
    from here.gone_c import also_never  # expect: HW101(optional)
elif 1:
    always = 1
else:
    neither = 1
