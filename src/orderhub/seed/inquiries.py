"""Conversations of the sample data before any order; one of them leads away from the hub, and is flagged."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from orderhub.domain.messages import service as messages
from orderhub.domain.messages.access import standing
from orderhub.domain.messages.models import Conversation, ConversationMember
from orderhub.domain.samples import BRUNO, KOFFI, LEA, YANNICK, Conversations, Listings, SamplePerson
from orderhub.infra.business_clock import business_now
from orderhub.seed.stage import Stage


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question, and its answer four hours later."""

    conversation_id: UUID
    listing_id: UUID
    buyer: SamplePerson
    seller: SamplePerson
    days_ago: float
    question: str
    answer: str | None = None


INQUIRIES: Final = (
    Inquiry(
        Conversations.INQUIRY,
        Listings.LOGO,
        KOFFI,
        BRUNO,
        6,
        "Bonjour, le logo peut-il être livré aussi en broderie pour des polos ?",
        "Bonjour Koffi, oui : je fournis un fichier DST en plus, sans supplément.",
    ),
    Inquiry(
        Conversations.FLAGGED,
        Listings.MOVING,
        LEA,
        YANNICK,
        2,
        "Bonjour, êtes-vous libre samedi 12 ? Appelez-moi au 01 99 00 45 67, ce sera plus simple.",
    ),
)


async def ask(stage: Stage, inquiry: Inquiry) -> None:
    """The buyer's first message, in a conversation whose id is known beforehand."""
    async with stage.database.session() as session:
        now = await business_now(session)
        buyer, seller, conversation_id = inquiry.buyer.id, inquiry.seller.id, inquiry.conversation_id
        listing_id = inquiry.listing_id
        session.add(
            Conversation(id=conversation_id, listing_id=listing_id, buyer_id=buyer, seller_id=seller, created_at=now)
        )
        await session.flush()
        session.add_all(
            ConversationMember(conversation_id=conversation_id, account_id=account) for account in (buyer, seller)
        )
        await session.flush()
        await messages.inquire(session, listing_id=listing_id, buyer_id=buyer, text=inquiry.question, now=now)


async def answer(stage: Stage, inquiry: Inquiry) -> None:
    """The seller's answer."""
    author = inquiry.seller.id
    async with stage.database.session() as session:
        place = await standing(session, inquiry.conversation_id, account_id=author, roles=frozenset[str]())
        now = await business_now(session)
        await messages.send(session, place, author_id=author, text=inquiry.answer or "", now=now)
        await messages.mark_read(session, place, account_id=author, now=now)
