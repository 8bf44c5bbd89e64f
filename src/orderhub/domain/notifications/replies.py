"""Who is told what became of a mail: the buyer whose proforma or invoice it answered, whoever wrote it.

Nothing is ever sent to the address that a mail claims to come from, since anybody can write one.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.preferences import Topic
from orderhub.domain.events.models import Event
from orderhub.domain.notifications.alerts import Alert
from orderhub.domain.orders.models import Order
from orderhub.domain.quotes.models import Quote
from orderhub.domain.replies.models import InboundMail
from orderhub.kit.ids import parse_id


async def of_mail(session: AsyncSession, event: Event) -> Sequence[Alert]:
    """The alert of ``mail.accepted`` and its like; none for a mail that is nobody's."""
    mail = await session.get(InboundMail, parse_id("mai", event.subject))
    if mail is None or mail.account_id is None:
        return []
    order = None if mail.order_id is None else await session.get(Order, mail.order_id)
    params = {"title": order.title if order else await _title(session, mail)}
    conversation_id = order and order.conversation_id
    return [Alert(mail.account_id, Topic.PAYMENTS, event.topic, params, mail.order_id, conversation_id, mail.quote_id)]


async def _title(session: AsyncSession, mail: InboundMail) -> str:
    return await session.scalar(select(Quote.title).where(Quote.id == mail.quote_id)) or mail.subject
