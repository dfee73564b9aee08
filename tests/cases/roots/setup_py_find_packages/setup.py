from setuptools import find_packages, setup  # expect: HW203

SOURCE = "lib"

setup(
    name="shop",
    packages=find_packages(where=SOURCE, exclude=["tests"]),
    package_dir={"": SOURCE},
    install_requires=["requests>=2"],
)
