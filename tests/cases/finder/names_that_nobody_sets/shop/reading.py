from shop.frames import register


@register
def there():
    pass
