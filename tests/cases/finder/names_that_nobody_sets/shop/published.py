from shop.frames import publish, publish_all

publish("one", 1)
publish_all(**{name: 0 for name in open(__file__).read().split()})
