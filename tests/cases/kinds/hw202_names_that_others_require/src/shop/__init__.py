import tidewire
import cx_Oracle  # expect: HW202(environment)
import asyncmy  # expect: HW202(environment)
import nobody_has_this  # expect: HW104(fault)

try:
    import bpython  # expect: HW202(optional)
except ImportError:
    bpython = None
