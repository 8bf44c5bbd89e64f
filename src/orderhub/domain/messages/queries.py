"""Reads: one's conversations, the messages of one of them, and who may download an attachment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Boolean, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.files.models import File
from orderhub.domain.files.queries import files_by_id
from orderhub.domain.files.visibility import Viewer, shows_files
from orderhub.domain.messages.access import WIDTH, standing, stands, with_parties
from orderhub.domain.messages.errors import ConversationNotFoundError
from orderhub.domain.messages.models import Conversation, ConversationMember, Message
from orderhub.domain.messages.participation import Participation, Role
from orderhub.domain.messages.shown import text_for
from orderhub.infra.pages import one_more
from orderhub.kit.pages import Page, PageRequest, cut

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
    session: AsyncSession, page: PageRequest, *, account_id: UUID, unread: bool | None = None
) -> Page[Listed]:
    """One's conversations, the one with the newest message first."""
    member = ConversationMember
    query = (
        with_parties(member.unread, member.latest, Message)
        .join(member, member.conversation_id == Conversation.id)
        .outerjoin(Message, Message.id == member.last_message_id)
        .where(member.account_id == account_id)
    )
    if unread is not None:
        query = query.where(member.unread > 0 if unread else member.unread == 0)
    found = [_listed(row, account_id) for row in await session.execute(one_more(query, page, member.latest))]
    return cut(found, page.limit, lambda listed: listed.latest)


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
