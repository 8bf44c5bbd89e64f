"""The mails themselves: language, links, tokens, escaping, and never twice."""

import re
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import email_tokens, events
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.models import Account
from orderhub.domain.events.models import Event
from orderhub.domain.messages.access import standing
from orderhub.domain.messages.service import send
from orderhub.domain.notifications.composing import compose, remember_sent
from orderhub.domain.notifications.personal_data import NOTIFICATIONS
from orderhub.domain.notifications.ports import Mail
from orderhub.domain.notifications.rendering import Site
from orderhub.domain.notifications.service import notify
from orderhub.domain.orders.models import Order
from orderhub.kit.clock import real_now
from orderhub.kit.ids import show_id
from tests.making.instants import NOON

Happen = Callable[..., Awaitable[Event]]
Compose = Callable[[Event, UUID], Awaitable[Mail]]


@pytest.fixture
def mail_of(session: AsyncSession, site: Site) -> Compose:
    """The mail of an event to somebody."""

    async def make(event: Event, account_id: UUID) -> Mail:
        composed = await compose(session, event_id=event.id, account_id=account_id, site=site)
        assert composed is not None
        assert composed.enclosure is None
        return composed.mail

    return make


async def test_each_reads_in_their_own_language(happen: Happen, mail_of: Compose, awa: UUID, bruno: UUID) -> None:
    event = await happen("rule_release", "buyer", "seller")
    french, english = await mail_of(event, awa), await mail_of(event, bruno)
    assert (french.language, english.language) == ("fr", "en")
    assert french.text.startswith("Bonjour Awa")
    assert english.text.startswith("Hello Bruno,")
    assert french.subject.startswith("Litige tranché : paiement au vendeur – Logo")
    assert "the money is released to bruno" in english.text


async def test_links_lead_to_the_front_end(happen: Happen, mail_of: Compose, order: Order, awa: UUID) -> None:
    mail = await mail_of(await happen("deliver", "buyer"), awa)
    for path in (f"orders/{show_id('ord', order.id)}", f"conversations/{show_id('cnv', order.conversation_id)}"):
        assert f"https://front.example/{path}\n" in mail.text
        assert f'href="https://front.example/{path}"' in mail.html


async def test_nothing_that_people_wrote_is_html(happen: Happen, mail_of: Compose, awa: UUID) -> None:
    said = {"reason": '<img src=x onerror="alert(1)">'}
    mail = await mail_of(await happen("cancel", "buyer", said=said), awa)
    assert "<script>" not in mail.html
    assert "<img" not in mail.html
    assert "<b>Diop" not in mail.html
    assert "Logo &lt;script&gt;" in mail.html
    assert '> <img src=x onerror="alert(1)">' in mail.text


async def test_a_subject_is_one_line(
    session: AsyncSession, happen: Happen, mail_of: Compose, order: Order, awa: UUID
) -> None:
    order.title = "Logo\r\nBcc: eve@example.com\x1b\u2028fin"
    mail = await mail_of(await happen("deliver", "buyer"), awa)
    assert mail.subject == "Commande livrée – Logo Bcc: eve@example.com fin"


async def test_the_confirmation_is_a_mail_of_its_own_with_lines_total_and_conversation(
    session: AsyncSession, happen: Happen, mail_of: Compose, order: Order, awa: UUID, bruno: UUID
) -> None:
    said = {"paid": {"amount": 15_000, "currency": "EUR"}, "line_count": 2}
    event = await happen("confirm_payment", "buyer", "seller", left="awaiting_payment", said=said)
    mail = await mail_of(event, awa)
    assert mail.subject.startswith("Confirmation de votre commande")
    assert "- Logo : 120,00\u00a0€\n- Express & plus : 30,00\u00a0€\nTotal payé : 150,00\u00a0€\n" in mail.text
    assert "Express &amp; plus" in mail.html
    assert f"/conversations/{show_id('cnv', order.conversation_id)}" in mail.text
    assert (await mail_of(event, bruno)).subject.startswith("Payment confirmed")
    order.lines = [*order.lines, {"id": "ext_x", "title": "Variante", "price": 2_000, "days": 1}]
    order.total = 17_000
    await session.flush()
    assert await mail_of(event, awa) == mail, "an extra that was paid since changes nothing of it"


async def test_the_id_is_the_same_for_the_same_event_and_person(
    happen: Happen, mail_of: Compose, awa: UUID, bruno: UUID
) -> None:
    event = await happen("rule_release", "buyer", "seller")
    first, again, other = await mail_of(event, awa), await mail_of(event, awa), await mail_of(event, bruno)
    assert first.message_id == again.message_id != other.message_id
    assert first.message_id.endswith("@orderhub.example")


async def test_a_mail_that_was_sent_is_not_composed_again(
    session: AsyncSession, happen: Happen, mail_of: Compose, site: Site, awa: UUID
) -> None:
    event = await happen("deliver", "buyer")
    mail = await mail_of(event, awa)
    for _ in range(2):
        await remember_sent(session, mail, account_id=awa)
    assert await compose(session, event_id=event.id, account_id=awa, site=site) is None


async def test_somebody_who_is_not_told_or_is_gone_gets_nothing(
    session: AsyncSession, happen: Happen, site: Site, awa: UUID, bruno: UUID
) -> None:
    event = await happen("deliver", "buyer")
    assert await compose(session, event_id=event.id, account_id=bruno, site=site) is None
    await session.execute(update(Account).where(Account.id == awa).values(erased_at=NOON))
    assert await compose(session, event_id=event.id, account_id=awa, site=site) is None


@pytest.mark.parametrize(
    ("topic", "page", "purpose"),
    [(events.REGISTERED, "confirm", Purpose.CONFIRM), (events.PASSWORD_RESET_ASKED, "password-reset", Purpose.RESET)],
)
async def test_a_token_is_made_for_the_mail_and_works(
    session: AsyncSession, log: Happen, mail_of: Compose, awa: UUID, topic: str, page: str, purpose: Purpose
) -> None:
    mail = await mail_of(await log(topic, show_id("acc", awa), first=awa), awa)
    found = re.search(rf"https://front\.example/{page}\?token=(\S+)", mail.text)
    assert found is not None
    assert found.group(1) in mail.html
    assert (await email_tokens.consume(session, found.group(1), purpose, now=real_now()))[0].id == awa


async def test_who_has_an_account_is_told_so_without_a_token(log: Happen, mail_of: Compose, awa: UUID) -> None:
    mail = await mail_of(await log(events.REGISTERED_AGAIN, show_id("acc", awa), first=awa), awa)
    assert mail.subject == "Vous avez déjà un compte"
    assert "token" not in mail.text


async def test_a_confirmed_account_needs_no_confirmation(
    session: AsyncSession, log: Happen, site: Site, awa: UUID
) -> None:
    event = await log(events.REGISTERED, show_id("acc", awa), first=awa)
    await session.execute(update(Account).where(Account.id == awa).values(confirmed_at=NOON))
    assert await compose(session, event_id=event.id, account_id=awa, site=site) is None


async def test_a_message_comes_masked_and_leads_to_the_conversation(
    session: AsyncSession, order: Order, mail_of: Compose, awa: UUID, bruno: UUID
) -> None:
    place = await standing(session, order.conversation_id, account_id=awa, roles=frozenset())
    await send(session, place, author_id=awa, text="Écrivez-moi : awa@example.fr", now=NOON)
    event = (await session.scalars(select(Event).where(Event.topic == "message.sent"))).one()
    mail = await mail_of(event, bruno)
    assert "awa wrote to you" in mail.text
    assert "Écrivez-moi : •••••" in mail.text
    assert "awa@example.fr" not in mail.text + mail.html
    first_link = re.search(r"https://front\.example/(\w+)/", mail.text)
    assert first_link is not None
    assert first_link.group(1) == "conversations"


async def test_ones_alerts_are_given_out_and_erased(
    session: AsyncSession, happen: Happen, awa: UUID, bruno: UUID
) -> None:
    await notify(session, await happen("rule_split", "buyer", "seller"))
    assert [alert["code"] for alert in await NOTIFICATIONS.export(session, awa)] == ["rule_split"]
    assert NOTIFICATIONS.erase is not None
    await NOTIFICATIONS.erase(session, awa)
    assert await NOTIFICATIONS.export(session, awa) == []
    assert len(await NOTIFICATIONS.export(session, bruno)) == 1
