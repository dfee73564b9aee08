from setuptools import setup  # expect: HW203
from setuptools_rust import RustExtension  # expect: HW203

setup(
    name="old",
    rust_extensions=[RustExtension("old.fast", path="Cargo.toml")],
    entry_points={
        "shop": [
            "fast = old.fast:run",
            "slow = old.slow:run",  # expect: HW401
        ]
    },
)
