"""What Awa and the staff's inbox are told of a quote."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.preferences import Topic, replace_preferences
from orderhub.domain.events.models import Event
from orderhub.domain.notifications import service
from orderhub.domain.notifications.composing import Composed, compose
from orderhub.domain.notifications.models import Notification
from orderhub.domain.notifications.rendering import Site
from orderhub.domain.quotes.models import Quote
from orderhub.domain.quotes.process import PAST
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from tests.domain.notifications.conftest import written
from tests.making import quotes
from tests.making.instants import NOON

Happen = Callable[..., Awaitable[Event]]
BOTH = ("buyer", "seller")


@pytest.fixture
async def quote(session: AsyncSession, awa: UUID) -> Quote:
    """Awa asked for sandals and got a version."""
    found = await quotes.add_quote(session, awa, title="Sandales <b>été</b>")
    await quotes.lead(session, found, "in_preparation")
    await quotes.issue(session, found, awa)
    return found


@pytest.fixture
def happen_to(session: AsyncSession, quote: Quote) -> Happen:
    """Something that happened to the quote, as the engine tells it."""

    async def add(action: str, *tells: str, topic: str | None = None, **more: Any) -> Event:
        total = {"amount": quote.total, "currency": quote.currency}
        assert quote.expires_at is not None
        shown = {
            "id": show_id("quo", quote.id),
            "status": quote.status,
            "version": quote.version,
            "number": quote.number,
            "current": quote.current,
            "title": quote.title,
            "currency": quote.currency,
            "total": total,
            "expires_at": show_instant(quote.expires_at),
            "order_id": None,
            "buyer": {"id": show_id("acc", quote.buyer_id), "handle": "awa"},
        }
        data = {"quote": shown, "action": action, "from": "issued", "to": "issued", "tells": list(tells), **more}
        name = topic or f"quote.{PAST[action]}"
        return await written(session, name, show_id("quo", quote.id), data, (quote.buyer_id, HOUSE_ID))

    return add


@pytest.fixture
def mail_of(session: AsyncSession, site: Site) -> Callable[[Event, UUID], Awaitable[Composed]]:
    """The mail of an event to somebody."""

    async def make(event: Event, account_id: UUID) -> Composed:
        composed = await compose(session, event_id=event.id, account_id=account_id, site=site)
        assert composed is not None
        return composed

    return make


async def alerts(session: AsyncSession) -> Sequence[tuple[UUID, str]]:
    rows = await session.execute(select(Notification.account_id, Notification.code).order_by(Notification.id))
    return [(account_id, code) for account_id, code in rows]


async def test_a_request_is_told_to_the_staffs_inbox_and_in_no_member_area(
    session: AsyncSession, happen_to: Happen
) -> None:
    event = await happen_to("request", "seller")
    assert await service.notify(session, event) == [service.Addressed(event.id, HOUSE_ID)]
    assert await alerts(session) == []


async def test_staff_read_what_is_asked_for_where_it_goes_and_what_was_written(
    session: AsyncSession, happen_to: Happen, mail_of: Callable[..., Awaitable[Composed]]
) -> None:
    mail = (await mail_of(await happen_to("request", "seller"), HOUSE_ID)).mail
    assert (mail.recipient, mail.language) == ("equipe@orderhub.example", "fr")
    assert mail.subject == "Nouvelle demande de devis – Sandales <b>été</b>"
    assert "2 × Sandales : Sandaga Chaussures · Pointure 39 · https://sandaga.example/sandales\n" in mail.text
    assert "Livraison : Awa Diop, 12 rue Oberkampf, 75011 Paris, FR" in mail.text
    assert "> Plutôt caramel." in mail.text
    assert "https://front.example/quotes/quo_" in mail.text
    assert "<b>été" not in mail.html


@pytest.mark.parametrize("action", [action for action in PAST if action not in {"request", "accept"}])
async def test_each_change_is_told_with_the_quote(
    session: AsyncSession, happen_to: Happen, quote: Quote, awa: UUID, action: str
) -> None:
    event = await happen_to(action, *BOTH)
    assert await service.notify(session, event) == [
        service.Addressed(event.id, awa),
        service.Addressed(event.id, HOUSE_ID),
    ]
    found = (await session.scalars(select(Notification))).one()
    assert (found.code, found.quote_id, found.order_id) == (f"quote.{action}", quote.id, None)


async def test_an_acceptance_is_told_by_the_order_that_it_places(session: AsyncSession, happen_to: Happen) -> None:
    assert await service.notify(session, await happen_to("accept", "seller", said={"version": 1})) == []


async def test_the_proforma_comes_by_mail_whatever_was_chosen(
    session: AsyncSession, happen_to: Happen, awa: UUID
) -> None:
    await replace_preferences(session, awa, {Topic.ORDERS: frozenset()})
    event = await happen_to("issue", "buyer")
    assert await service.notify(session, event) == [service.Addressed(event.id, awa)]
    assert await service.notify(session, await happen_to("take", "buyer")) == []


async def test_the_reason_goes_along(happen_to: Happen, mail_of: Callable[..., Awaitable[Composed]], awa: UUID) -> None:
    event = await happen_to("withdraw", *BOTH, said={"reason": "La boutique a fermé."})
    mail = (await mail_of(event, awa)).mail
    assert mail.subject.startswith("Proforma retirée – Sandales")
    assert "> La boutique a fermé." in mail.text


async def test_a_reminder_names_the_end_of_the_validity(
    session: AsyncSession, happen_to: Happen, mail_of: Callable[..., Awaitable[Composed]], awa: UUID
) -> None:
    due = show_instant(NOON + timedelta(days=7))
    event = await happen_to("expire", topic="quote.reminder", waits_for=["buyer"], due_at=due)
    assert await service.notify(session, event) == [service.Addressed(event.id, awa)]
    mail = (await mail_of(event, awa)).mail
    assert mail.subject.startswith("Rappel : votre proforma expire")
    assert "PF-2026-000001" in mail.text
    assert "30 novembre 2026 à 13:00" in mail.text
