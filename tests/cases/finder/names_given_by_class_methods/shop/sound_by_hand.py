from shop.by_hand import Bound
