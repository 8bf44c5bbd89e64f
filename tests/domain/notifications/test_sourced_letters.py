"""The letters of a sourced order: the proforma, the deposit, a change, a part, the final invoice, the pick-up."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.events.models import Event
from orderhub.domain.messages.access import standing
from orderhub.domain.messages.service import send
from orderhub.domain.notifications import service
from orderhub.domain.notifications.composing import Composed, compose
from orderhub.domain.notifications.models import Notification
from orderhub.domain.notifications.ports import Mail
from orderhub.domain.notifications.rendering import Site
from orderhub.domain.orders.models import Order
from orderhub.domain.replies.addresses import DocumentReply, QuoteVersionReply
from orderhub.kit.ids import show_id
from orderhub.kit.text import Language
from tests.domain.notifications.conftest import REPLIES, written
from tests.making import documents
from tests.making.instants import NOON
from tests.making.orders import add_order, open_conversation
from tests.making.quotes import add_quote

Tell = Callable[..., Awaitable[Event]]
Compose = Callable[[Event, UUID], Awaitable[Composed]]
CONTENT = documents.priced_content()
DETAILS: dict[str, Any] = {
    **{name: CONTENT[name] for name in ("deposit", "deposit_percent", "fees", "freight")},
    **dict.fromkeys(("valid_until", "purchase_by", "arrive_by"), "2026-12-20T00:00:00+01:00"),
    "quote_id": "",
    "quote_version": 2,
    "number": "PF-2026-000123",
    "address": {},
}


@pytest.fixture
def composed(session: AsyncSession, site: Site) -> Compose:
    """The mail of an event to somebody, with what is to be attached."""

    async def make(event: Event, account_id: UUID) -> Composed:
        found = await compose(session, event_id=event.id, account_id=account_id, site=site)
        assert found is not None
        return found

    return make


async def add_document(session: AsyncSession, kind: DocumentKind, content: dict[str, Any], subject: Subject) -> UUID:
    row = document_row(kind, content, subject, at=documents.ISSUED_AT, by=None)
    session.add(Document(**row))
    await session.flush()
    return row["id"]


@pytest.fixture
async def bought(session: AsyncSession, awa: UUID) -> Order:
    """What Awa lets the house buy."""
    order = await add_order(
        session,
        awa,
        HOUSE_ID,
        kind="sourced",
        status="awaiting_deposit",
        title="Cafetière (+3)",
        category="sourced",
        total=CONTENT["total"],
        lines=CONTENT["lines"],
        details=DETAILS,
    )
    await open_conversation(session, order)
    return order


@pytest.fixture
def tell(session: AsyncSession, bought: Order) -> Tell:
    """Something that happened to the order, as the engine tells it."""

    async def add(action: str, *tells: str, left: str, to: str, **said: Any) -> Event:
        order: dict[str, Any] = {
            "id": show_id("ord", bought.id),
            "kind": "sourced",
            "status": to,
            "title": bought.title,
            "due_at": None,
            "buyer": {"id": show_id("acc", bought.buyer_id), "handle": "awa"},
            "seller": {"id": show_id("acc", HOUSE_ID), "handle": "maison"},
            "conversation_id": show_id("cnv", bought.conversation_id),
        }
        data = {"order": order, "action": action, "from": left, "to": to, "by": "staff", "tells": list(tells)}
        parties = (bought.buyer_id, HOUSE_ID)
        if "waits_for" in said:
            return await written(session, "order.reminder", order["id"], data | said, parties)
        return await written(session, "order.transitioned", order["id"], data | {"said": said}, parties)

    return add


async def test_the_proforma_comes_with_its_document_and_an_address_for_the_proof(
    session: AsyncSession, composed: Compose, awa: UUID
) -> None:
    quote = await add_quote(session, awa, title="Cafetière (+3)")
    subject = Subject(quote_id=quote.id, quote_version=2)
    await add_document(session, DocumentKind.PROFORMA, documents.proforma(), subject)
    total = {"amount": CONTENT["total"], "currency": "EUR"}
    shown: dict[str, Any] = {
        "id": show_id("quo", quote.id),
        "number": "PF-2026-000123",
        "current": 2,
        "title": quote.title,
    }
    shown |= {"total": total, "expires_at": "2026-11-29T13:05:00Z", "order_id": None}
    shown |= {"buyer": {"id": show_id("acc", awa), "handle": "awa"}}
    data = {"quote": shown, "action": "issue", "from": "in_preparation", "to": "issued", "tells": ["buyer", "seller"]}
    event = await written(session, "quote.issued", shown["id"], data, (awa, HOUSE_ID))
    found = await composed(event, awa)
    enclosure = found.enclosure
    assert enclosure is not None
    assert (enclosure.kind, enclosure.name, enclosure.language) == (
        DocumentKind.PROFORMA,
        "PF-2026-000123.pdf",
        Language.FRENCH,
    )
    assert enclosure.content == documents.proforma()
    assert found.mail.reply_to is not None
    assert REPLIES.read(found.mail.reply_to) == QuoteVersionReply(quote.id, 2)
    text = found.mail.text
    for part in (
        "- 2 × Cafetière à piston, 1 litre : 37,80\u00a0€\n",
        "- Transport : 175,00\u00a0€\n",
        "Total : 783,07\u00a0€\n",
        "Acompte à payer : 313,23\u00a0€\n",
        "- Solde à l’arrivée : 469,84\u00a0€\n",
        "- Arrivée au plus tard le : 20 décembre 2026\n",
        "Orange Money Sénégal\n+221 77 000 00 00",
        "répondre à ce message en joignant la preuve",
        "> Merci de votre confiance !",
    ):
        assert part in text, part
    to_staff = await composed(event, HOUSE_ID)
    assert (to_staff.enclosure, to_staff.mail.reply_to) == (None, None)


@pytest.mark.parametrize(("paid", "to"), [(CONTENT["deposit"], "awaiting_balance"), (100_000, "ready")])
async def test_the_final_invoice_comes_with_its_document(
    session: AsyncSession, tell: Tell, composed: Compose, bought: Order, awa: UUID, paid: int, to: str
) -> None:
    content = documents.final_invoice(paid=paid)
    document_id = await add_document(session, DocumentKind.FINAL_INVOICE, content, Subject(order_id=bought.id))
    balance = {"amount": max(content["balance"], 0), "currency": "EUR"}
    said = {"document": show_id("doc", document_id), "number": "FA-2026-000042", "balance": balance}
    event = await tell("issue_final_invoice", "buyer", left="arrived", to=to, **said)
    assert await service.notify(session, event) == [service.Addressed(event.id, awa)]
    alert = (await session.scalars(select(Notification))).one()
    assert (alert.account_id, alert.topic, alert.order_id) == (awa, "payments", bought.id)
    assert alert.params["number"] == "FA-2026-000042"
    found = await composed(event, awa)
    assert found.enclosure is not None
    assert (found.enclosure.kind, found.enclosure.name) == (DocumentKind.FINAL_INVOICE, "FA-2026-000042.pdf")
    assert found.mail.subject == "Facture finale – Cafetière (+3)"
    if to == "ready":
        assert found.mail.reply_to is None
        assert "Il n’y a plus rien à payer" in found.mail.text
        assert "Trop-perçu remboursé : 216,93\u00a0€" in found.mail.text
    else:
        assert found.mail.reply_to is not None
        assert REPLIES.read(found.mail.reply_to) == DocumentReply(document_id)
        assert "Solde à payer : 469,84\u00a0€." in found.mail.text
        assert "IBAN FR76" in found.mail.text


@pytest.fixture
async def agreed(session: AsyncSession, bought: Order, awa: UUID) -> Order:
    """The same, with the proforma that was accepted: its version 2."""
    quote = await add_quote(session, awa, title="Cafetière (+3)")
    await add_document(
        session, DocumentKind.PROFORMA, documents.proforma(), Subject(quote_id=quote.id, quote_version=2)
    )
    bought.details = {**bought.details, "quote_id": show_id("quo", quote.id)}
    await session.flush()
    return bought


@pytest.mark.parametrize("action", ["confirm_deposit", "confirm_payment"])
async def test_the_deposits_confirmation_says_what_came_and_what_is_left(
    session: AsyncSession, tell: Tell, composed: Compose, agreed: Order, awa: UUID, action: str
) -> None:
    paid, left = ({"amount": amount, "currency": "EUR"} for amount in (40_000, 38_307))
    event = await tell(action, "buyer", "seller", left="deposit_review", to="confirmed", paid=paid, left_to_pay=left)
    mail = (await composed(event, awa)).mail
    assert mail.subject == "Acompte confirmé – Cafetière (+3)"
    assert "Total : 783,07\u00a0€\n- Acompte payé : 400,00\u00a0€\n- Solde à l’arrivée : 383,07\u00a0€\n" in mail.text
    to_staff = (await composed(event, HOUSE_ID)).mail
    assert "Acompte payé" not in to_staff.text

    agreed.total = 12_345
    agreed.lines = [{**line, "name": "Remplacée", "quantity": 1, "amount": 1} for line in agreed.lines[:1]]
    await session.flush()
    assert (await composed(event, awa)).mail == mail, "the order went on, and the mail says what it would have said"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "« Cafetière (+3) » devait être livrée le 31 mars 2027."),
        ("en", "“Cafetière (+3)” was due on 31 March 2027."),
    ],
)
async def test_a_promised_day_is_said_as_that_day(
    session: AsyncSession, composed: Compose, bought: Order, awa: UUID, language: str, said: str
) -> None:
    account = await session.get(Account, awa)
    assert account is not None
    account.language = language
    order: dict[str, Any] = {
        "id": show_id("ord", bought.id),
        "kind": "sourced",
        "title": bought.title,
        "due_at": "2027-03-31T22:00:00Z",
        "buyer": {"id": show_id("acc", awa), "handle": "awa"},
        "seller": {"id": show_id("acc", HOUSE_ID), "handle": "maison"},
        "conversation_id": show_id("cnv", bought.conversation_id),
    }
    data = {"order": order, "due_at": order["due_at"], "promised_on": "2027-03-31"}
    event = await written(session, "order.late", order["id"], data, (awa, HOUSE_ID))
    assert said in (await composed(event, awa)).mail.text


async def test_a_change_says_what_would_be_different_and_why(tell: Tell, composed: Compose, awa: UUID) -> None:
    proposed = {"unit_price": {"amount": 2_190, "currency": "EUR"}, "quantity": 1, "name": "Cafetière <i>argent</i>"}
    said = {"line_id": "lin_0", "line": "Cafetière à piston, 1 litre", "proposed": proposed, "reason": "Rupture."}
    event = await tell("propose_change", "buyer", "seller", left="confirmed", to="confirmed", **said)
    mail = (await composed(event, awa)).mail
    assert "- Article : Cafetière à piston, 1 litre\n- Remplacé par : Cafetière <i>argent</i>\n" in mail.text
    assert "- Nouveau prix unitaire : 21,90\u00a0€\n- Nouvelle quantité : 1\n" in mail.text
    assert "> Rupture." in mail.text
    assert "<i>" not in mail.html


async def said_to_awa(composed: Compose, event: Event, awa: UUID) -> Mail:
    return (await composed(event, awa)).mail


async def test_a_part_names_what_came_and_what_is_still_due(tell: Tell, composed: Compose, awa: UUID) -> None:
    said = {"received": {"amount": 20_000, "currency": "EUR"}, "still_due": {"amount": 11_323, "currency": "EUR"}}
    event = await tell("record_part", "buyer", left="deposit_review", to="awaiting_deposit", **said)
    mail = await said_to_awa(composed, event, awa)
    assert "200,00\u00a0€ sont arrivés pour « Cafetière (+3) ». Il reste 113,23\u00a0€ à payer." in mail.text


async def test_a_rejected_proof_comes_with_its_reason(tell: Tell, composed: Compose, awa: UUID) -> None:
    event = await tell("reject_proof", "buyer", left="deposit_review", to="awaiting_deposit", reason="Illisible.")
    mail = await said_to_awa(composed, event, awa)
    assert mail.subject.startswith("Preuve de paiement refusée")
    assert "> Illisible." in mail.text


async def test_an_arrival_says_when_something_is_short(tell: Tell, composed: Compose, awa: UUID) -> None:
    whole = await tell("receive", "buyer", left="in_transit", to="arrived", shortfalls=[])
    short = await tell("receive", "buyer", left="in_transit", to="arrived", shortfalls=["lin_0"])
    assert "au complet" not in (await said_to_awa(composed, whole, awa)).text
    assert "n’étaient pas au complet" in (await said_to_awa(composed, short, awa)).text


async def test_the_pick_up_comes_with_its_instructions_and_appointment(
    tell: Tell, composed: Compose, awa: UUID
) -> None:
    said = {"instructions": "3 quai de Rive-Neuve, sonnez chez Kéita.", "appointment": "2026-12-21T09:00:00Z"}
    mail = await said_to_awa(composed, await tell("arrange", "buyer", left="ready", to="ready", **said), awa)
    assert "Rendez-vous le 21 décembre 2026 à 10:00." in mail.text
    assert "> 3 quai de Rive-Neuve, sonnez chez Kéita." in mail.text


async def test_a_delivery_names_its_carrier(tell: Tell, composed: Compose, awa: UUID) -> None:
    said = {"carrier": "colissimo", "tracking_number": "6A123"}
    event = await tell("dispatch", "buyer", left="ready", to="out_for_delivery", **said)
    assert "Transporteur : colissimo, numéro de suivi 6A123." in (await said_to_awa(composed, event, awa)).text


async def test_a_proof_is_told_to_the_staffs_inbox(session: AsyncSession, tell: Tell) -> None:
    event = await tell("submit_proof", "seller", left="awaiting_deposit", to="deposit_review", via="upload")
    assert await service.notify(session, event) == [service.Addressed(event.id, HOUSE_ID)]


@pytest.mark.parametrize(("status", "waited_for"), [("awaiting_balance", "attend son solde"), ("ready", "est prête")])
async def test_what_is_not_paid_or_not_claimed_is_reminded(
    tell: Tell, composed: Compose, awa: UUID, status: str, waited_for: str
) -> None:
    due = "2027-01-20T09:00:00Z"
    event = await tell("escalate", "buyer", left=status, to=status, waits_for=["buyer"], due_at=due)
    mail = await said_to_awa(composed, event, awa)
    assert waited_for in mail.text
    assert "Le 20 janvier 2027 à 10:00, la commande devient un litige." in mail.text


async def test_every_message_to_the_house_reaches_its_inbox(session: AsyncSession, bought: Order, awa: UUID) -> None:
    place = await standing(session, bought.conversation_id, account_id=awa, roles=frozenset())
    for text in ("Bonjour", "Vous êtes là ?"):
        message = await send(session, place, author_id=awa, text=text, now=NOON)
        event = (await session.scalars(select(Event).where(Event.sequence == message.number))).one()
        assert await service.notify(session, event) == [service.Addressed(event.id, HOUSE_ID)]
