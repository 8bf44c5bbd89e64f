"""The one entry for what a provider tells us, about payments and refunds alike."""

from orderhub.domain.orders.settlement import captures as confirmations
from orderhub.domain.payments import refunds
from orderhub.domain.payments.keeping import kept
from orderhub.domain.payments.ports import Notification, NotificationType
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database

_ABOUT_REFUNDS = frozenset({NotificationType.REFUND_SUCCEEDED, NotificationType.REFUND_FAILED})


async def apply_notification(database: Database, provider: str, note: Notification) -> str:
    """Apply a verified notification once; the answer says what came of it.

    Raises InvalidError for what is not ours or can't be kept, ConflictError when it should come again.
    """
    note = kept(note)
    if note.type not in _ABOUT_REFUNDS:
        return await confirmations.apply(database, provider, note)
    async with database.session() as session:
        return await refunds.apply(session, provider, note, await business_now(session))
