"""Awa asks Bruno before ordering."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog.errors import ListingNotFoundError
from orderhub.domain.catalog.models import Listing
from orderhub.domain.events.models import Event
from orderhub.domain.messages.errors import (
    ConversationNeedsOrderError,
    InquiriesNotAcceptedError,
    OwnListingInquiryError,
)
from orderhub.domain.messages.models import Conversation, ConversationMember
from orderhub.domain.messages.service import inquire
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import show_id
from tests.making.instants import NOON
from tests.making.items import add_item

Offer = Callable[..., Awaitable[Listing]]


async def test_a_first_message_opens_the_conversation_and_a_second_goes_on_in_it(
    session: AsyncSession, offer: Offer, awa: UUID, bruno: UUID
) -> None:
    listing = await offer()
    first, is_new = await inquire(session, listing_id=listing.id, buyer_id=awa, text="Bonjour", now=NOON)
    again, is_new_again = await inquire(session, listing_id=listing.id, buyer_id=awa, text="Et en vert ?", now=NOON)
    assert (first, is_new, is_new_again) == (again, True, False)
    conversation = await session.get_one(Conversation, first, populate_existing=True)
    assert (conversation.message_count, conversation.order_id) == (2, None)
    members = select(ConversationMember.account_id, ConversationMember.unread)
    assert dict((await session.execute(members)).all()) == {awa: 0, bruno: 2}


async def test_each_buyer_has_a_conversation_of_their_own(
    session: AsyncSession, offer: Offer, awa: UUID, driss: UUID
) -> None:
    listing = await offer()
    for buyer in (awa, driss):
        await inquire(session, listing_id=listing.id, buyer_id=buyer, text="Bonjour", now=NOON)
    assert await session.scalar(select(func.count()).select_from(Conversation)) == 2


async def test_each_message_is_an_event_numbered_within_its_conversation(
    session: AsyncSession, offer: Offer, awa: UUID, bruno: UUID
) -> None:
    listing = await offer()
    for text in ("Bonjour", "Écrivez à awa@example.fr"):
        found, _ = await inquire(session, listing_id=listing.id, buyer_id=awa, text=text, now=NOON)
    events = (await session.scalars(select(Event).where(Event.topic == "message.sent").order_by(Event.sequence))).all()
    assert [(event.subject, event.sequence) for event in events] == [(show_id("cnv", found), n) for n in (1, 2)]
    assert {(event.first_party, event.second_party) for event in events} == {(awa, bruno)}
    assert events[0].data["tells"] == ["seller"]
    assert [event.data["message"]["text"] for event in events] == ["Bonjour", "Écrivez à •••••"]


@pytest.mark.parametrize("state", ["draft", "closed"])
async def test_a_listing_that_is_not_public_does_not_exist(
    session: AsyncSession, offer: Offer, awa: UUID, state: str
) -> None:
    listing = await offer(state=state)
    with pytest.raises(ListingNotFoundError):
        await inquire(session, listing_id=listing.id, buyer_id=awa, text="Bonjour", now=NOON)


async def test_a_seller_who_takes_no_inquiries_is_left_in_peace(session: AsyncSession, offer: Offer, awa: UUID) -> None:
    listing = await offer(accepts_inquiries=False)
    with pytest.raises(InquiriesNotAcceptedError):
        await inquire(session, listing_id=listing.id, buyer_id=awa, text="Bonjour", now=NOON)


async def test_an_item_has_no_private_conversation_before_an_order(
    session: AsyncSession, awa: UUID, bruno: UUID
) -> None:
    listing = await add_item(session, bruno)
    with pytest.raises(ConversationNeedsOrderError, match="comments"):
        await inquire(session, listing_id=listing.id, buyer_id=awa, text="Bonjour", now=NOON)


async def test_nobody_asks_themselves(session: AsyncSession, offer: Offer, bruno: UUID) -> None:
    listing = await offer()
    with pytest.raises(OwnListingInquiryError):
        await inquire(session, listing_id=listing.id, buyer_id=bruno, text="Bonjour", now=NOON)


async def test_an_empty_message_is_refused(session: AsyncSession, offer: Offer, awa: UUID) -> None:
    listing = await offer()
    with pytest.raises(InvalidError) as refusal:
        await inquire(session, listing_id=listing.id, buyer_id=awa, text="", now=NOON)
    assert refusal.value.errors[0].code == "empty_message"
