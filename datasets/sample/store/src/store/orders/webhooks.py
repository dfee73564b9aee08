from paykit.webhooks import verify

from store.codec import encode


def received(body: bytes, signature: str) -> str:
    return encode({"event": verify(body, signature)})
