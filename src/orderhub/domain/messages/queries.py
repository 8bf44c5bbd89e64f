"""Reads: one's conversations, the messages of one of them, and who may download an attachment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, SelectBase, func, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.files.models import File
from orderhub.domain.files.queries import files_by_id
from orderhub.domain.files.visibility import Viewer, shows_files
from orderhub.domain.messages.access import WIDTH, standing, stands, with_parties
from orderhub.domain.messages.errors import ConversationNotFoundError
from orderhub.domain.messages.models import Conversation, ConversationMember, Message
from orderhub.domain.messages.participation import Participation
from orderhub.domain.messages.shown import text_for
from orderhub.domain.roles import Role
from orderhub.infra.pages import one_more
from orderhub.kit.pages import Page, PageAsOf, PageRequest, cut, write_cursor_as_of

EXCERPT_LENGTH: Final = 140
_HAS_FILES: Final = literal_column("messages.file_ids <> '{}'", Boolean())
"""Written out, so that the partial index applies."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in one's list, with its newest message."""

    place: Participation
    latest: UUID
    last_message: Message | None

    def excerpt(self, account_id: UUID) -> str | None:
        """The beginning of the newest message, as this person sees it."""
        if self.last_message is None:
            return None
        shown = text_for(self.last_message, account_id=account_id, role=self.place.role, paid=self.place.paid).text
        return shown if len(shown) <= EXCERPT_LENGTH else shown[: EXCERPT_LENGTH - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Written:
    """A message with its author and its files."""

    message: Message
    author: Account
    files: Sequence[File]


async def conversations(
    session: AsyncSession, page: PageAsOf, *, account_id: UUID, unread: bool | None = None
) -> Page[Listed]:
    """One's conversations, the one with the newest message first; as of the first page, on those after it."""
    mine = [ConversationMember.account_id == account_id]
    if unread is not None:
        mine.append(ConversationMember.unread > 0 if unread else ConversationMember.unread == 0)
    places = _places(page, mine).subquery()
    query = (
        with_parties(places.c.unread, places.c.place, Message)
        .join(places, places.c.conversation_id == Conversation.id)
        .outerjoin(Message, Message.id == places.c.last_message_id)
        .order_by(places.c.place.desc())
        .limit(page.limit + 1)
    )
    found = [_listed(row, account_id) for row in await session.execute(query)]
    if len(found) <= page.limit:
        return Page(found, None)
    return Page(found[: page.limit], write_cursor_as_of(page.as_of or found[0].latest, found[page.limit - 1].latest))


def _places(page: PageAsOf, mine: Sequence[ColumnElement[bool]]) -> SelectBase:
    """The conversations of a page, each with its place in the list: its newest message of that time."""
    member = ConversationMember
    columns = (member.conversation_id, member.unread, member.last_message_id)
    still = one_more(select(*columns, member.latest.label("place")).where(*mine), page, member.latest)
    if page.as_of is None:
        return still
    newest = select(Message.id).where(Message.conversation_id == member.conversation_id, Message.id <= page.as_of)
    newest = newest.order_by(Message.id.desc()).limit(1).scalar_subquery()
    place = func.coalesce(newest, member.conversation_id)
    written_in = select(*columns, place.label("place")).where(*mine, member.latest > page.as_of, place < page.after)
    return union_all(select(still.subquery()), written_in)


def _listed(row: Any, account_id: UUID) -> Listed:
    unread, latest, last_message = row[WIDTH:]
    role = Role.BUYER if account_id == row[0].buyer_id else Role.SELLER
    return Listed(stands(row, role, unread), latest, last_message)


async def messages(session: AsyncSession, page: PageRequest, *, conversation_id: UUID) -> Page[Written]:
    """The messages of a conversation, newest first."""
    query = (
        select(Message, Account)
        .join(Account, Account.id == Message.author_id)
        .where(Message.conversation_id == conversation_id)
    )
    rows = (await session.execute(one_more(query, page, Message.id))).all()
    files = await _files(session, [message for message, _ in rows])
    found = [_with_files(message, author, files) for message, author in rows]
    return cut(found, page.limit, lambda written: written.message.id)


async def written(session: AsyncSession, message: Message) -> Written:
    """One message with its author and its files."""
    author = await session.get_one(Account, message.author_id)
    return _with_files(message, author, await _files(session, [message]))


async def _files(session: AsyncSession, found: Sequence[Message]) -> Mapping[UUID, File]:
    return await files_by_id(session, [file_id for message in found for file_id in message.file_ids])


def _with_files(message: Message, author: Account, files: Mapping[UUID, File]) -> Written:
    return Written(message, author, [files[each] for each in message.file_ids if each in files])


@shows_files
async def is_attached_for(session: AsyncSession, file_id: UUID, viewer: Viewer | None) -> bool:
    """Whether a file is attached to a message of a conversation that the viewer may read."""
    if viewer is None:
        return False
    attached = select(Message.conversation_id).where(Message.file_ids.contains([file_id]), _HAS_FILES).distinct()
    for conversation_id in await session.scalars(attached):
        try:
            await standing(session, conversation_id, account_id=viewer.account_id, roles=viewer.roles)
        except ConversationNotFoundError:
            continue
        return True
    return False
