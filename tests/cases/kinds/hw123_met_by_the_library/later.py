def serve():
    import asyncio

    return asyncio
