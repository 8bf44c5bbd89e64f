"""What makes two requests the same for an Idempotency-Key: what they say, not how they write it."""

import hashlib

import msgspec
from fastapi import Request

_decode = msgspec.json.decode
_encode = msgspec.json.Encoder(order="sorted").encode


async def hash_of(request: Request) -> bytes:
    """SHA-256 of query and body. Of a JSON body neither the order of names nor the spacing counts."""
    return hashlib.sha256(request.scope["query_string"] + canonical(await request.body())).digest()


def canonical(body: bytes) -> bytes:
    """A JSON body with the names of each object in their order, and without blanks; any other body as it is."""
    try:
        return _encode(_decode(body))
    except msgspec.MsgspecError:
        return body
