# In 3.14, asyncio's `__getattr__` serves these on Windows only.
from asyncio import WindowsProactorEventLoopPolicy, WindowsSelectorEventLoopPolicy
