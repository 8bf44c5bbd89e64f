"""The alerts of any event, with what some of them must look up."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.preferences import Topic
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.catalog.models import Listing
from orderhub.domain.comments import telling
from orderhub.domain.comments.models import Comment
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, between, to_public
from orderhub.domain.events.models import Event
from orderhub.domain.notifications import alerts
from orderhub.domain.notifications.alerts import Alert
from orderhub.domain.notifications.replies import of_mail
from orderhub.domain.notifications.wording import replies
from orderhub.domain.offers.process import PAST as PAST_OF_OFFERS
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment, Refund
from orderhub.domain.quotes.process import PAST
from orderhub.kit.ids import parse_id

Gather = Callable[[AsyncSession, Event], Awaitable[Sequence[Alert]]]


async def alerts_of(session: AsyncSession, event: Event) -> Sequence[Alert]:
    """Whom an event tells, and what; nobody for a topic that isn't ours."""
    pure, gather = _PURE.get(event.topic), _GATHERED.get(event.topic)
    if pure is not None:
        return pure(event)
    return [] if gather is None else await gather(session, event)


async def _payment(session: AsyncSession, event: Event) -> Sequence[Alert]:
    payment = await session.get(Payment, parse_id("pay", event.subject))
    return [] if payment is None else await _money(session, event, payment.order_id, event.data["payment"])


async def _refund(session: AsyncSession, event: Event) -> Sequence[Alert]:
    refund = await session.get(Refund, parse_id("rfd", event.subject))
    return [] if refund is None else await _money(session, event, refund.order_id, event.data["refund"])


async def _money(session: AsyncSession, event: Event, order_id: UUID, moved: Mapping[str, Any]) -> Sequence[Alert]:
    """Told to the buyer, whose money it is: what came or went, which may be more than was asked for."""
    order, params = await _order(session, order_id)
    return [_to(order, order.buyer_id, Topic.PAYMENTS, event.topic, {**params, "money": moved["amount"]})]


async def _case(session: AsyncSession, event: Event) -> Sequence[Alert]:
    """A reported problem is acknowledged to whoever reported it; other cases are staff's own."""
    case = await session.get(Case, parse_id("cas", event.subject))
    if case is None or case.kind != CaseKind.PROBLEM.value or case.opened_by is None or case.order_id is None:
        return []
    order, params = await _order(session, case.order_id)
    return [_to(order, case.opened_by, Topic.ORDERS, event.topic, params)]


async def _staff_reminder(session: AsyncSession, event: Event) -> Sequence[Alert]:
    """Told to everybody whose role lets something wait; how much, over all their roles."""
    overdue: Mapping[str, int] = event.data["overdue"]
    staff = await session.execute(select(Account.id, Account.roles).where(Account.roles.overlap([*overdue])))
    return [
        Alert(account_id, Topic.REMINDERS, event.topic, {"count": sum(overdue.get(role, 0) for role in roles)})
        for account_id, roles in staff
    ]


async def _comment(session: AsyncSession, event: Event) -> Sequence[Alert]:
    """Nobody hears of a comment that was taken off meanwhile."""
    query = (
        select(Listing.title, Listing.seller_id, Account.country)
        .join(Comment, Comment.listing_id == Listing.id)
        .join(Account, Account.id == Listing.seller_id)
        .where(Comment.id == parse_id("cmt", event.subject), Comment.deleted_at.is_(None))
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return []
    words = AS_WRITTEN if found.seller_id == event.first_party else to_public((found.country,))
    return alerts.of_comment(event, words.text(found.title))


async def _order(session: AsyncSession, order_id: UUID) -> tuple[Order, dict[str, Any]]:
    buyer, seller = aliased(Account), aliased(Account)
    found = await session.execute(
        select(Order, buyer.handle, seller.handle, buyer.country, seller.country)
        .join(buyer, buyer.id == Order.buyer_id)
        .join(seller, seller.id == Order.seller_id)
        .where(Order.id == order_id)
    )
    order, buyer_handle, seller_handle, *countries = found.one()
    paid, with_house = order.paid_at is not None, order.seller_id == HOUSE_ID
    words = AS_WRITTEN if with_house else between(countries, paid=paid)
    return order, {"title": words.text(order.title), "buyer": buyer_handle, "seller": seller_handle}


def _to(order: Order, account_id: UUID, topic: Topic, code: str, params: Mapping[str, Any]) -> Alert:
    return Alert(account_id, topic, code, params, order.id, order.conversation_id)


_PURE: Final[Mapping[str, Callable[[Event], Sequence[Alert]]]] = {
    "order.placed": alerts.of_order,
    "order.transitioned": alerts.of_order,
    "order.reminder": alerts.of_reminder,
    "order.late": alerts.of_lateness,
    "message.sent": alerts.of_message,
    **{f"quote.{past}": alerts.of_quote for past in PAST.values()},
    "quote.reminder": alerts.of_quote_reminder,
    **{f"offer.{past}": alerts.of_offer for past in PAST_OF_OFFERS.values()},
    "offer.reminder": alerts.of_offer_reminder,
}
_GATHERED: Final[Mapping[str, Gather]] = {
    "payment.confirmed": _payment,
    "payment.failed": _payment,
    "refund.succeeded": _refund,
    "refund.failed": _refund,
    "case.opened": _case,
    **dict.fromkeys(telling.TOPICS, _comment),
    **dict.fromkeys(replies.OTHER_EVENTS, of_mail),
    "staff.reminder": _staff_reminder,
}
TOPICS: Final = (*_PURE, *_GATHERED)
"""Every topic of the event log that tells somebody something in the member area."""
