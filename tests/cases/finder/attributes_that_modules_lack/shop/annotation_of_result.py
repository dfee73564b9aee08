from shop import base


async def function(x) -> list[base.gone]:  # expect: HW111
    pass
