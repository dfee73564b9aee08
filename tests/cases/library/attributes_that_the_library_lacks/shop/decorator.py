import asyncio


@asyncio.coroutine  # expect: HW214(fault)
def function():
    pass
