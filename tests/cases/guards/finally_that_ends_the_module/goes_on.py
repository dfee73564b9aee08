try:
    import here.gone_c  # expect: HW101(optional)
except ImportError:
    pass
finally:
    print("done")

import here.gone_d  # expect: HW101(fault)
