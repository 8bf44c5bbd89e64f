"""Signs bodies as systems outside do: Standard Webhooks, with the library where it can."""

import hmac
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

from standardwebhooks.webhooks import Webhook


def signed(secret: str, body: bytes, *, message_id: str = "msg_1", age: timedelta = timedelta()) -> dict[str, str]:
    """The headers that sign a body, ``age`` ago."""
    at = datetime.now(UTC) - age
    try:
        signature = Webhook(secret).sign(message_id, at, body.decode())
    except UnicodeDecodeError:  # the library signs text only
        content = f"{message_id}.{int(at.timestamp())}.".encode() + body
        key = b64decode(secret.removeprefix("whsec_"))
        signature = f"v1,{b64encode(hmac.digest(key, content, 'sha256')).decode()}"
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }
