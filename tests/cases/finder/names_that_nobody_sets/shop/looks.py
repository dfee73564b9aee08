import sys

if "shop.other" in sys.modules:
    print("it was imported before")
for name in list(globals().items()):
    print(name)
