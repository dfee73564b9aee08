from setuptools import setup  # expect: HW203(unknown)

setup(
    entry_points={
        "console_scripts": [
            "shop = shop.cli:main",
            "lacks = shop.cli:nothing",  # expect: HW402
        ],
        "shop.plugins": ["two = shop.two"],  # expect: HW401
    },
)
