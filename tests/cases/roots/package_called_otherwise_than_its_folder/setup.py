from setuptools import setup  # expect: HW203
setup(name="shop", packages=["shop", "shop.deep"], package_dir={"shop": "source"})
