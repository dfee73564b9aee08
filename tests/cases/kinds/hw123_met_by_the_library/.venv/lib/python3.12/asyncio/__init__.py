from asyncio import events
