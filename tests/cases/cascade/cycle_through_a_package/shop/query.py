from shop.models.i18n import LOCALE


class Query: ...
