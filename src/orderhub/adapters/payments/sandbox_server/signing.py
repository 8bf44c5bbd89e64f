"""Standard Webhooks signatures, as this provider makes them."""

from datetime import datetime

from standardwebhooks.webhooks import Webhook

FORGED_SECRET = "whsec_Zm9yZ2VkLWJ5LXNvbWVib2R5LWVsc2U="  # noqa: S105 - signs forgeries, opens nothing


def signed_headers(secret: str, event_id: str, body: str, at: datetime) -> dict[str, str]:
    """The headers of a notification with this body, signed at this instant."""
    return {
        "content-type": "application/json",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(event_id, at, body),
    }
