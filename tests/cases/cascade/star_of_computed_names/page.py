from shop import Text
