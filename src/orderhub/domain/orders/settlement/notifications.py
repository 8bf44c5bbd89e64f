"""The one entry for what a provider tells us, about payments and refunds alike."""

from orderhub.domain.orders.settlement import captures, refunds
from orderhub.domain.payments.keeping import RepeatedNotificationError, kept
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.infra.database import Database

_ABOUT_REFUNDS = frozenset({NotificationType.REFUND_SUCCEEDED, NotificationType.REFUND_FAILED})


async def apply_notification(database: Database, provider: str, note: Notification) -> str:
    """Apply a verified notification once; the answer says what came of it.

    Raises InvalidError for what is not ours or can't be kept, ConflictError when it should come again.
    """
    note = kept(note)
    apply = refunds.apply if note.type in _ABOUT_REFUNDS else captures.apply
    try:
        return await apply(database, provider, note)
    except RepeatedNotificationError:
        return "repeated"
