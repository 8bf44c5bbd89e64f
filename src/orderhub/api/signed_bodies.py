"""Bodies that a system outside signed with a secret that we share: Standard Webhooks, over the raw bytes.

The library reads bodies as text in UTF-8, which a mail need not be; the signature itself is the same.
"""

import binascii
import hmac
from base64 import b64decode, b64encode
from tempfile import SpooledTemporaryFile
from typing import Final

from fastapi import Request
from pydantic import SecretStr

from orderhub.kit.clock import real_now
from orderhub.kit.errors import InvalidSignatureError
from orderhub.kit.text import Label

TOLERANCE: Final = 300
"""Seconds that a signature may be old, or ahead of our clock."""
_DIGITS: Final = 11
_SHORTEST_KEY: Final = 16
_PREFIX: Final = "whsec_"
_SPOOLED: Final = 1 << 20
"""Bytes of a body that are kept in memory before its signature is known to be good."""


async def read_signed(request: Request, secret: SecretStr) -> bytes:
    """The body, if its headers sign it. Raises InvalidSignatureError, for stale headers before anything is read."""
    message_id = request.headers.get("webhook-id", "")
    timestamp = request.headers.get("webhook-timestamp", "")
    given = request.headers.get("webhook-signature", "")
    if not (message_id and given and _is_fresh(timestamp)):
        raise InvalidSignatureError(
            Label(
                "Signez le corps comme le dit Standard Webhooks, depuis cinq minutes au plus.",
                "Sign the body as Standard Webhooks says, no more than five minutes ago.",
            )
        )
    digest = hmac.new(_key(secret), f"{message_id}.{timestamp}.".encode(), "sha256")
    with SpooledTemporaryFile(max_size=_SPOOLED) as spooled:
        async for piece in request.stream():
            digest.update(piece)
            spooled.write(piece)
        wanted = b"v1," + b64encode(digest.digest())
        if not any(hmac.compare_digest(part.encode(), wanted) for part in given.split()):
            raise InvalidSignatureError(
                Label("La signature n’est pas celle de ce corps.", "The signature does not belong to this body.")
            )
        spooled.seek(0)
        return spooled.read()


def _is_fresh(timestamp: str) -> bool:
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= _DIGITS):
        return False
    return abs(real_now().timestamp() - int(timestamp)) <= TOLERANCE


def _key(secret: SecretStr) -> bytes:
    try:
        key = b64decode(secret.get_secret_value().removeprefix(_PREFIX) + "==")
    except binascii.Error:
        key = b""
    if len(key) < _SHORTEST_KEY:
        # Anybody could sign with an empty one.
        raise InvalidSignatureError(
            Label(
                "Le secret de ce déploiement n’en est pas un de Standard Webhooks. Dites-le à son exploitant.",
                "The secret of this deployment is none of Standard Webhooks. Tell its operator.",
            )
        )
    return key
