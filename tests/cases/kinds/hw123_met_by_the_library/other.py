import asyncio.events
