"""What Awa, Bruno and Chloé see of the same messages, and what is flagged."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.accounts.addresses import add_address
from orderhub.domain.cases.models import Case
from orderhub.domain.contact_details.masking import WHY_READER, WHY_SENDER
from orderhub.domain.files.errors import FileUnusableError
from orderhub.domain.files.models import File
from orderhub.domain.files.visibility import Viewer, may_see
from orderhub.domain.flags.models import Flag
from orderhub.domain.messages import queries
from orderhub.domain.messages.access import standing
from orderhub.domain.messages.models import ConversationMember, Message
from orderhub.domain.messages.service import mark_read
from orderhub.domain.messages.shown import text_for
from orderhub.domain.orders.models import Order
from orderhub.kit.pages import PageAsOf, PageRequest, read_page_as_of
from tests.making.instants import NOON

CONTACT = "awa@example.fr ou t.me/awa"
Place = Callable[..., Awaitable[Order]]
Write = Callable[..., Awaitable[Message]]


async def seen(session: AsyncSession, message: Message, account_id: UUID) -> str:
    place = await standing(session, message.conversation_id, account_id=account_id, roles=frozenset({"support"}))
    return text_for(message, account_id=account_id, role=place.role, paid=place.paid).text


async def test_the_reader_sees_masks_and_the_sender_their_own_words_and_why(
    session: AsyncSession, place: Place, write: Write, awa: UUID, bruno: UUID
) -> None:
    message = await write((await place()).conversation_id, awa, CONTACT)
    assert await seen(session, message, bruno) == "••••• ou •••••"
    assert await seen(session, message, awa) == CONTACT
    assert text_for(message, account_id=awa, role=None, paid=False).notice == WHY_SENDER
    assert text_for(message, account_id=bruno, role=None, paid=False).notice == WHY_READER


async def test_a_paid_order_between_the_two_shows_addresses_in_all_their_messages(
    session: AsyncSession, place: Place, write: Write, awa: UUID, bruno: UUID
) -> None:
    message = await write((await place()).conversation_id, awa, CONTACT)
    await place(buyer=bruno, seller=awa, paid=True)
    assert await seen(session, message, bruno) == "awa@example.fr ou •••••"


async def test_an_order_with_somebody_else_shows_nothing(
    session: AsyncSession, place: Place, write: Write, awa: UUID, bruno: UUID, driss: UUID
) -> None:
    message = await write((await place()).conversation_id, awa, CONTACT)
    await place(seller=driss, paid=True)
    await place(buyer=driss, paid=True)
    assert await seen(session, message, bruno) == "••••• ou •••••"


async def test_numbers_are_seen_as_people_write_them_where_their_addresses_are(
    session: AsyncSession, place: Place, write: Write, awa: UUID, bruno: UUID
) -> None:
    conversation_id = (await place()).conversation_id
    before = await write(conversation_id, awa, "C'est le 70 12 34 56")
    for person in (awa, bruno):
        address = PostalAddress("Awa Diop", "Rue 224", "Bamako", "ML", phone="+223 70 12 34 56")
        await add_address(session, person, address, is_default=True, now=NOON)
    after = await write(conversation_id, awa, "C'est le 70 12 34 56")
    assert await seen(session, before, bruno) == "C'est le 70 12 34 56"
    assert await seen(session, after, bruno) == "C'est le •••••"


async def test_support_reads_the_original(
    session: AsyncSession, place: Place, write: Write, awa: UUID, chloe: UUID
) -> None:
    order = await place("awaiting_acceptance", "in_progress", "disputed")
    message = await write(order.conversation_id, awa, CONTACT)
    assert await seen(session, message, chloe) == CONTACT


async def test_flags_of_one_conversation_share_a_case_until_it_is_closed(
    session: AsyncSession, place: Place, write: Write, awa: UUID, bruno: UUID
) -> None:
    order = await place()
    for author in (awa, bruno):
        await write(order.conversation_id, author, CONTACT)
    await session.execute(update(Case).values(closed_at=NOON, resolution="Vu"))
    await write(order.conversation_id, awa, CONTACT)
    flags = (await session.scalars(select(Flag).order_by(Flag.id))).all()
    assert [flag.account_id for flag in flags] == [awa, bruno, awa]
    assert flags[0].case_id == flags[1].case_id != flags[2].case_id
    assert flags[0].kinds == ["email", "messenger"]
    cases = (await session.scalars(select(Case))).all()
    assert {(case.kind, case.order_id) for case in cases} == {("contact_details", order.id)}


async def test_what_the_reader_may_see_is_not_flagged(
    session: AsyncSession, place: Place, write: Write, awa: UUID
) -> None:
    order = await place("awaiting_acceptance", paid=True)
    await write(order.conversation_id, awa, "awa@example.fr, 06 12 34 56 78")
    assert (await session.scalars(select(Flag))).all() == []


async def test_reading_starts_the_count_again(
    session: AsyncSession, place: Place, write: Write, awa: UUID, bruno: UUID
) -> None:
    order = await place()
    for text in ("Bonjour", "Vous êtes là ?"):
        await write(order.conversation_id, awa, text)
    seat = await standing(session, order.conversation_id, account_id=bruno, roles=frozenset())
    assert seat.unread == 2
    await mark_read(session, seat, account_id=bruno, now=NOON)
    member = await session.get_one(ConversationMember, (order.conversation_id, bruno), populate_existing=True)
    assert (member.unread, member.last_read_at, member.mailed) == (0, NOON, False)


async def test_the_list_begins_with_the_newest_message_and_pages_by_it(
    session: AsyncSession, place: Place, write: Write, awa: UUID, bruno: UUID
) -> None:
    quiet, first, second = [(await place()).conversation_id for _ in range(3)]
    await write(second, awa, "Bonjour")
    await write(first, bruno, f"{CONTACT} {'x' * 200}")
    page = await queries.conversations(session, PageAsOf(2), account_id=awa)
    assert [listed.place.conversation.id for listed in page.data] == [first, second]
    assert page.next_cursor is not None
    rest = await queries.conversations(session, read_page_as_of(2, page.next_cursor), account_id=awa)
    assert [listed.place.conversation.id for listed in rest.data] == [quiet]
    excerpt = page.data[0].excerpt(awa)
    assert excerpt is not None
    assert excerpt.startswith("••••• ou ••••• xxx")
    assert len(excerpt) == queries.EXCERPT_LENGTH
    assert rest.data[0].excerpt(awa) is None
    unread = await queries.conversations(session, PageAsOf(), account_id=awa, unread=True)
    assert [listed.place.unread for listed in unread.data] == [1]


async def test_what_is_written_while_somebody_pages_is_neither_left_out_nor_shown_twice(
    session: AsyncSession, place: Place, write: Write, awa: UUID, bruno: UUID
) -> None:
    talks = [(await place()).conversation_id for _ in range(6)]
    for talk in talks[2:]:
        await write(talk, awa, "Bonjour")
    listed, cursor = list[UUID](), None
    for turn in range(3):
        page = await queries.conversations(session, read_page_as_of(2, cursor), account_id=awa)
        listed += [found.place.conversation.id for found in page.data]
        cursor = page.next_cursor
        if turn == 0:
            await place()
            for talk in (talks[5], talks[0], talks[2]):  # one that was shown, and two that were not
                await write(talk, bruno, "Une réponse")
                await write(talk, bruno, "Et une autre")
    assert (listed, cursor) == (list(reversed(talks)), None)
    again = await queries.conversations(session, PageAsOf(3), account_id=awa)
    assert [found.place.conversation.id for found in again.data] == [talks[2], talks[0], talks[5]]


async def test_messages_are_paged_newest_first_with_their_files(
    session: AsyncSession, place: Place, write: Write, upload: Callable[[UUID], Awaitable[UUID]], awa: UUID
) -> None:
    conversation_id = (await place()).conversation_id
    file_id = await upload(awa)
    for text in ("un", "deux", ""):
        await write(conversation_id, awa, text, files=[] if text else [file_id])
    page = await queries.messages(session, PageRequest(2), conversation_id=conversation_id)
    assert [(written.message.number, [file.id for file in written.files]) for written in page.data] == [
        (3, [file_id]),
        (2, []),
    ]
    assert page.next_cursor is not None


async def test_attachments_are_ones_own_and_seen_by_whoever_reads_the_conversation(
    session: AsyncSession,
    place: Place,
    write: Write,
    upload: Callable[[UUID], Awaitable[UUID]],
    awa: UUID,
    bruno: UUID,
    driss: UUID,
) -> None:
    conversation_id, file_id = (await place()).conversation_id, await upload(awa)
    with pytest.raises(FileUnusableError) as refusal:
        await write(conversation_id, bruno, files=[file_id])
    assert refusal.value.errors[0].pointer == "/attachments/0"
    file = await session.get_one(File, file_id)
    assert not await may_see(session, file, Viewer(bruno))
    await write(conversation_id, awa, files=[file_id])
    assert await may_see(session, file, Viewer(bruno))
    assert not await may_see(session, file, Viewer(driss))
    assert not await may_see(session, file, None)
