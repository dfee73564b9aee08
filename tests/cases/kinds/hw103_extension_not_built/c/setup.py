from setuptools import Extension, setup  # expect: HW203
from pybind11.setup_helpers import Pybind11Extension  # expect: HW203

CORE = "fast._core"
setup(
    name="fast",
    package_dir={"": "src"},
    packages=["fast"],
    ext_modules=[
        Extension(CORE, ["csrc/core.c"]),
        Extension(sources=["csrc/a.c", "csrc/b.c"], name="fast._keyword"),
        Pybind11Extension("_top", ["csrc/top.cpp"]),
        Extension(f"fast.{CORE}", ["csrc/top.cpp"]),
    ],
    cffi_modules=["build_ffi.py:ffi"],
)
