try:
    try:
        import here.gone_h  # expect: HW101(optional)
    finally:
        raise RuntimeError("held")
except Exception:
    pass

import here.gone_i  # expect: HW101(fault)
