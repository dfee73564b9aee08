from shop.models import Decoder  # expect: HW111
