import cffi  # expect: HW203

ffi = cffi.FFI()
ffi.set_source("fast._ffi", "#include <stdio.h>")
