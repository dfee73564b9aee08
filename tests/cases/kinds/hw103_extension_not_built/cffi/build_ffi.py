import cffi  # expect: HW203

ffi = cffi.FFI()
ffi.set_source("_sodium", "#include <stdio.h>")
