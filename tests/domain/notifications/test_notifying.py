"""Whom an event tells, on which channels, and only once."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import events
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.preferences import Channel, Topic, replace_preferences
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.events.models import Event
from orderhub.domain.messages.access import standing
from orderhub.domain.messages.service import mark_read, send
from orderhub.domain.notifications import queries, service
from orderhub.domain.notifications.errors import NotificationNotFoundError
from orderhub.domain.notifications.models import Notification
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment, Refund
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.pages import PageRequest, read_cursor
from tests.making.instants import NOON
from tests.making.payments import new_payment, new_refund

Happen = Callable[..., Awaitable[Event]]


async def alerts(session: AsyncSession) -> Sequence[tuple[UUID, str]]:
    rows = await session.execute(select(Notification.account_id, Notification.code).order_by(Notification.id))
    return [(account_id, code) for account_id, code in rows]


async def test_whoever_the_row_tells_has_an_alert_and_a_mail(
    session: AsyncSession, happen: Happen, order: Order, awa: UUID
) -> None:
    event = await happen("deliver", "buyer")
    assert await service.notify(session, event) == [service.Addressed(event.id, awa)]
    found = (await session.scalars(select(Notification))).one()
    assert (found.account_id, found.code, found.topic, found.created_at) == (awa, "deliver", "orders", NOON)
    assert (found.order_id, found.conversation_id) == (order.id, order.conversation_id)


async def test_the_same_event_again_adds_no_alert(session: AsyncSession, happen: Happen, awa: UUID) -> None:
    event = await happen("deliver", "buyer")
    for _ in range(2):
        await service.notify(session, event)
    assert await alerts(session) == [(awa, "deliver")]


async def test_alerts_are_in_the_order_of_events_whichever_is_written_first(
    session: AsyncSession, happen: Happen, awa: UUID
) -> None:
    events = [await happen("deliver", "buyer") for _ in range(5)]
    for event in (events[3], events[0], events[4], events[2], events[1]):
        await service.notify(session, event)
    found, after = list[UUID](), None
    for _ in range(3):
        page = await queries.notifications(session, PageRequest(2, after), account_id=awa, unread=True)
        found += [alert.event_id for alert in page.data]
        after = read_cursor(page.next_cursor) if page.next_cursor else None
    assert (found, after) == ([event.id for event in reversed(events)], None)


async def test_clock_and_staff_tell_both(session: AsyncSession, happen: Happen, awa: UUID, bruno: UUID) -> None:
    mails = await service.notify(session, await happen("rule_split", "buyer", "seller"))
    assert await alerts(session) == [(awa, "rule_split"), (bruno, "rule_split")]
    assert len(mails) == 2


async def test_a_reminder_goes_to_whoever_is_waited_for(session: AsyncSession, happen: Happen, awa: UUID) -> None:
    event = await happen("auto_approve", topic="order.reminder", waits_for=["buyer"], due_at="2026-11-30T12:00:00Z")
    await service.notify(session, event)
    found = (await session.scalars(select(Notification))).one()
    assert (found.account_id, found.code, found.topic) == (awa, "remind.auto_approve", "reminders")
    assert found.params["due"] == "2026-11-30T12:00:00Z"


async def test_lateness_tells_both(session: AsyncSession, happen: Happen, awa: UUID, bruno: UUID) -> None:
    await service.notify(session, await happen("deliver", "seller", topic="order.late", waits_for=["seller"]))
    assert await alerts(session) == [(awa, "order.late"), (bruno, "order.late")]


async def test_people_choose_their_channels_but_not_for_what_is_transactional(
    session: AsyncSession, happen: Happen, awa: UUID
) -> None:
    nothing: frozenset[Channel] = frozenset()
    await replace_preferences(session, awa, {Topic.ORDERS: nothing, Topic.PAYMENTS: frozenset({Channel.EMAIL})})
    assert await service.notify(session, await happen("deliver", "buyer")) == []
    assert len(await service.notify(session, await happen("confirm_payment", "buyer", left="awaiting_payment"))) == 1
    assert await alerts(session) == []


async def test_nobody_is_told_once_erased(session: AsyncSession, happen: Happen, awa: UUID) -> None:
    await session.execute(update(Account).where(Account.id == awa).values(erased_at=NOON))
    assert await service.notify(session, await happen("deliver", "buyer")) == []
    assert await alerts(session) == []


async def test_what_was_said_goes_along_as_its_event_discloses_it(session: AsyncSession, happen: Happen) -> None:
    said = {"reason": "Malade. Payez sur •••••"}
    await service.notify(session, await happen("cancel", "buyer", said=said))
    assert (await session.scalars(select(Notification))).one().params["quote"] == "Malade. Payez sur •••••"


async def test_money_is_told_to_the_buyer(session: AsyncSession, order: Order, log: Happen, awa: UUID) -> None:
    payment, refund = await pay(session, order)
    for topic, subject, amount in (
        ("payment.confirmed", show_id("pay", payment.id), 16_500),
        ("payment.failed", show_id("pay", payment.id), 15_000),
        ("refund.succeeded", show_id("rfd", refund.id), 4_000),
        ("refund.failed", show_id("rfd", refund.id), 4_000),
    ):
        moved = {topic.partition(".")[0]: {"amount": {"amount": amount, "currency": "EUR"}}}
        mails = await service.notify(session, await log(topic, subject, moved, first=awa))
        assert len(mails) == (topic != "payment.confirmed")
    found = (await session.scalars(select(Notification).order_by(Notification.id))).all()
    assert {(alert.account_id, alert.topic) for alert in found} == {(awa, "payments")}
    assert [alert.params["money"]["amount"] for alert in found] == [16_500, 15_000, 4_000, 4_000]


async def pay(session: AsyncSession, order: Order) -> tuple[Payment, Refund]:
    payment = new_payment(order)
    session.add(payment)
    await session.flush()
    refund = new_refund(payment, amount=4_000, failure=None)
    session.add(refund)
    await session.flush()
    return payment, refund


async def test_a_report_is_acknowledged_and_other_cases_are_staffs_own(
    session: AsyncSession, order: Order, log: Happen, awa: UUID
) -> None:
    for kind in (CaseKind.PROBLEM, CaseKind.CONTACT_DETAILS):
        case = Case(id=new_id(), kind=kind.value, order_id=order.id, opened_by=awa, reason="Rien reçu", opened_at=NOON)
        session.add(case)
        await session.flush()
        await service.notify(session, await log("case.opened", show_id("cas", case.id)))
    assert await alerts(session) == [(awa, "case.opened")]


async def test_staff_are_reminded_of_what_their_roles_let_wait(
    session: AsyncSession, log: Happen, awa: UUID, person: Callable[..., Awaitable[UUID]]
) -> None:
    chloe = await person("chloe", roles=("support", "finance"))
    await person("idris", roles=("admin",))
    event = await log("staff.reminder", "staff", {"day": "2026-11-23", "overdue": {"support": 2, "finance": 1}})
    assert await service.notify(session, event) == [service.Addressed(event.id, chloe)]
    found = (await session.scalars(select(Notification))).one()
    assert (found.account_id, found.params) == (chloe, {"count": 3})


@pytest.fixture
def write(session: AsyncSession, order: Order) -> Callable[[UUID], Awaitable[Event]]:
    """Somebody writes in the order's conversation; the event of it."""

    async def add(author: UUID) -> Event:
        place = await standing(session, order.conversation_id, account_id=author, roles=frozenset())
        message = await send(session, place, author_id=author, text="Bonjour", now=NOON)
        return (await session.scalars(select(Event).where(Event.sequence == message.number))).one()

    return add


async def test_one_mail_a_conversation_until_it_is_read(
    session: AsyncSession, order: Order, write: Callable[[UUID], Awaitable[Event]], awa: UUID, bruno: UUID
) -> None:
    first, second = await write(awa), await write(awa)
    assert await service.notify(session, first) == [service.Addressed(first.id, bruno)]
    assert await service.notify(session, second) == []
    assert await alerts(session) == [(bruno, "message.sent")] * 2
    seat = await standing(session, order.conversation_id, account_id=bruno, roles=frozenset())
    await mark_read(session, seat, account_id=bruno, now=NOON)
    third = await write(awa)
    assert await service.notify(session, third) == [service.Addressed(third.id, bruno)]


async def test_a_message_read_before_we_come_to_it_needs_no_mail(
    session: AsyncSession, order: Order, write: Callable[[UUID], Awaitable[Event]], awa: UUID, bruno: UUID
) -> None:
    event = await write(awa)
    seat = await standing(session, order.conversation_id, account_id=bruno, roles=frozenset())
    await mark_read(session, seat, account_id=bruno, now=NOON)
    assert await service.notify(session, event) == []


@pytest.mark.parametrize("topic", [events.REGISTERED, events.REGISTERED_AGAIN, events.PASSWORD_RESET_ASKED])
async def test_account_mails_have_no_alert(session: AsyncSession, log: Happen, awa: UUID, topic: str) -> None:
    event = await log(topic, show_id("acc", awa), first=awa)
    assert await service.notify(session, event) == [service.Addressed(event.id, awa)]
    assert await alerts(session) == []


async def test_an_event_of_no_interest_tells_nobody(session: AsyncSession, log: Happen) -> None:
    assert await service.notify(session, await log("refund.pending", "rfd_x")) == []


async def test_alerts_are_listed_counted_and_read(
    session: AsyncSession, happen: Happen, awa: UUID, bruno: UUID
) -> None:
    for action in ("accept", "deliver", "rule_split"):
        await service.notify(session, await happen(action, "buyer"))
    page = await queries.notifications(session, PageRequest(2), account_id=awa)
    assert [alert.code for alert in page.data] == ["rule_split", "deliver"]
    assert page.next_cursor is not None
    rest = await queries.notifications(session, PageRequest(2, read_cursor(page.next_cursor)), account_id=awa)
    assert [alert.code for alert in rest.data] == ["accept"]
    with pytest.raises(NotificationNotFoundError):
        await service.mark_read(session, page.data[0].id, account_id=bruno, now=NOON)
    later = NOON + timedelta(hours=1)
    for now in (NOON, later):
        assert (await service.mark_read(session, page.data[0].id, account_id=awa, now=now)).read_at == NOON
    assert await queries.count_unread(session, awa) == 2
    unread = await queries.notifications(session, PageRequest(), account_id=awa, unread=True)
    assert [alert.code for alert in unread.data] == ["deliver", "accept"]
    await service.mark_all_read(session, account_id=awa, now=later)
    assert await queries.count_unread(session, awa) == 0
