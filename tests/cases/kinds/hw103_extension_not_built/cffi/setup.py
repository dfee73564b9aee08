from setuptools import setup  # expect: HW203

setup(name="salt", ext_package="salt", cffi_modules=["build_ffi.py:ffi"])
