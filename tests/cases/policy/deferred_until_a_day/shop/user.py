# fails only because of what is deferred, so that nothing is said
from shop.web import late
