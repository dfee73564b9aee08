from shop import lazy

x = lazy.gone
