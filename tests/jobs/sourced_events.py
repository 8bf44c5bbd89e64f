"""Awa's sourced order and her quote as rows, and what the engine tells of them: for messages that are sent."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.preferences import Channel, Topic, replace_preferences
from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.events.models import Event
from orderhub.domain.orders.models import Order
from orderhub.domain.transitions.models import History
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, show_id
from tests.making import documents
from tests.making.instants import NOON
from tests.making.orders import add_order, open_conversation
from tests.making.people import add_person
from tests.making.quotes import add_quote

PHONE = "+33612345678"


@dataclass(frozen=True)
class Awa:
    """Whom things are told to, and her order."""

    account_id: UUID
    order: Order


async def ready_order(database: Database, *channels: Channel) -> Awa:
    """Awa's order waits at the counter; these are the channels that she chose for her orders."""
    async with database.session() as session:
        awa = await add_person(session, "awa", phone=PHONE)
        await replace_preferences(session, awa, {Topic.ORDERS: frozenset(channels)})
        order = await add_order(
            session, awa, HOUSE_ID, kind="sourced", status="awaiting_deposit", title="Cafetière", category="sourced"
        )
        await open_conversation(session, order)
        entry = {"subject_id": order.id, "version": 1, "process": "sourced", "from_status": "", "action": "place"}
        entry |= {"to_status": order.status, "by": "buyer", "at": NOON, "data": {}}
        session.add(History(**entry))
    return Awa(awa, order)


async def happen(database: Database, awa: Awa, action: str, left: str, to: str, **said: Any) -> Event:
    """An action of staff's on the order, told to both."""
    order = awa.order
    shown: dict[str, Any] = {
        "id": show_id("ord", order.id),
        "kind": "sourced",
        "status": to,
        "title": order.title,
        "due_at": None,
        "buyer": {"id": show_id("acc", awa.account_id), "handle": "awa"},
        "seller": {"id": show_id("acc", HOUSE_ID), "handle": "maison"},
        "conversation_id": show_id("cnv", order.conversation_id),
    }
    data = {"order": shown, "action": action, "from": left, "to": to, "by": "staff", "said": said}
    tells = {"tells": ["buyer", "seller"]}
    async with database.session() as session:
        return await _written(session, "order.transitioned", shown["id"], data | tells, awa.account_id)


async def proforma_issued(database: Database) -> tuple[UUID, UUID, Event]:
    """Awa's id, her quote's, and the event of its second version, whose document is there."""
    async with database.session() as session:
        awa = await add_person(session, "awa")
        quote = await add_quote(session, awa, title="Cafetière (+3)")
        content, subject = documents.proforma(), Subject(quote_id=quote.id, quote_version=2)
        row = document_row(DocumentKind.PROFORMA, content, subject, at=documents.ISSUED_AT, by=None)
        session.add(Document(**row))
        shown: dict[str, Any] = {
            "id": show_id("quo", quote.id),
            "number": content["number"],
            "current": 2,
            "title": quote.title,
        }
        shown |= {"total": {"amount": content["total"], "currency": "EUR"}, "expires_at": content["expires_at"]}
        shown |= {"order_id": None, "buyer": {"id": show_id("acc", awa), "handle": "awa"}}
        data = {"quote": shown, "action": "issue", "from": "in_preparation", "to": "issued", "tells": ["buyer"]}
        return awa, quote.id, await _written(session, "quote.issued", shown["id"], data, awa)


async def _written(session: AsyncSession, topic: str, subject: str, data: dict[str, Any], buyer: UUID) -> Event:
    event = Event(
        id=new_id(),
        topic=topic,
        subject=subject,
        sequence=1,
        first_party=buyer,
        second_party=HOUSE_ID,
        at=NOON,
        data=data,
    )
    session.add(event)
    await session.flush()
    return event
