"""Writing comments under items, and deleting them.

Rows are locked in the order account, listing: the writer's comments of a day are counted under the first, those of
the listing, and the cases of its flags, under the second; no answer comes past the deletion of its question.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.locking import held_account, lock_account
from orderhub.domain.accounts.models import Account
from orderhub.domain.audit import log
from orderhub.domain.catalog.errors import ListingNotFoundError
from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.catalog.queries import visible_listing
from orderhub.domain.comments.errors import CommentsClosedError, NoCommentsError
from orderhub.domain.comments.mentions import mentioned, read_mentions
from orderhub.domain.comments.models import Comment
from orderhub.domain.comments.queries import find_comment, no_comment
from orderhub.domain.comments.telling import Hearers, tell
from orderhub.domain.contact_details import masking
from orderhub.domain.flags.service import Place, Written, raise_flag
from orderhub.domain.policies.queries import bounds
from orderhub.domain.policies.room import require_fixed_room, require_room
from orderhub.domain.requests.conditions import SIGNED_OUT
from orderhub.kit.errors import ForbiddenError, UnauthenticatedError, invalid_field
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label

_OPEN: Final = (ListingState.ACTIVE.value, ListingState.RESERVED.value)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewComment:
    """What somebody writes: a question, or an answer to the question ``parent_id``."""

    author_id: UUID
    text: str
    parent_id: UUID | None = None
    id: UUID = field(default_factory=new_id)
    """The id that the comment will have."""


@dataclass(frozen=True, slots=True)
class Deleter:
    """Who deletes a comment."""

    account_id: UUID
    is_support: bool


async def write_comment(
    session: AsyncSession, listing: Listing, seller: Account, said: NewComment, *, now: datetime
) -> Comment:
    """Ask or answer in public; contact details are found, flagged, and masked for everybody else.

    Raises NoCommentsError for a service, CommentsClosedError, LimitReachedError, CommentNotFoundError for a question
    that is none of this listing's, InvalidError for a handle that nobody has.
    """
    author = await held_account(session, said.author_id)
    if author.erased_at is not None:
        raise UnauthenticatedError(SIGNED_OUT)
    await _hold_open(session, listing)
    question = None if said.parent_id is None else await _question(session, listing.id, said.parent_id)
    await _require_room(session, listing.id, author.id, question, now)
    mentions = await read_mentions(session, said.text)
    spans = masking.find(said.text, frozenset((author.country, seller.country)))
    comment = Comment(
        id=said.id,
        listing_id=listing.id,
        author_id=author.id,
        parent_id=said.parent_id,
        text=said.text,
        spans=masking.write_spans(spans),
        mentions=[each.written() for each in mentions],
        written_at=now,
    )
    session.add(comment)
    await session.flush()
    if spans:
        written = Written(author.id, now, comment_id=comment.id)
        await raise_flag(session, Place(listing_id=listing.id), written, spans)
    tell(session, comment, author, Hearers(seller.id, question and question.author_id, mentioned(comment.mentions)))
    await session.flush()
    return comment


async def delete_comment(
    session: AsyncSession, listing_id: UUID, comment_id: UUID, *, by: Deleter, now: datetime
) -> None:
    """Take a comment off, a question with its answers: by its author, the listing's seller, or support, audited.

    Raises CommentNotFoundError, ForbiddenError.
    """
    await lock_account(session, by.account_id)
    seller_id = await session.scalar(
        select(Listing.seller_id).where(Listing.id == listing_id).with_for_update(key_share=True)
    )
    comment = await find_comment(session, listing_id, comment_id)
    if by.account_id not in (comment.author_id, seller_id):
        await _require_support(session, listing_id, by)
        subject = show_id("cmt", comment.id)
        log.record(
            session,
            account_id=by.account_id,
            action="comment.deleted",
            subject=subject,
            before=None,
            after=None,
            at=now,
        )
    its = (Comment.id == comment.id) | (Comment.parent_id == comment.id)
    await session.execute(
        update(Comment).where(its, Comment.deleted_at.is_(None)).values(deleted_at=now, deleted_by=by.account_id),
        execution_options={"synchronize_session": False},
    )


async def _require_support(session: AsyncSession, listing_id: UUID, by: Deleter) -> None:
    if by.is_support:
        return
    try:
        await visible_listing(session, listing_id, by.account_id)
    except ListingNotFoundError:
        raise no_comment() from None
    raise ForbiddenError(
        Label(
            "Seuls son auteur, le vendeur et nos équipes suppriment un commentaire.",
            "Only its author, the seller and staff delete a comment.",
        )
    )


async def _hold_open(session: AsyncSession, listing: Listing) -> None:
    """Lock the listing, and see again that comments may be written under it."""
    if listing.kind != ListingKind.ITEM:
        raise NoCommentsError(
            Label(
                "Un service n’a pas de commentaires : posez la question en privé, POST /v1/conversations.",
                "A service has no comments: ask in private, POST /v1/conversations.",
            )
        )
    state = await session.scalar(select(Listing.state).where(Listing.id == listing.id).with_for_update(key_share=True))
    if state not in _OPEN:
        raise CommentsClosedError(
            Label(
                "Cet objet n’est plus en vente. Ce qui a été demandé reste lisible.",
                "This item is no longer on sale. What was asked can still be read.",
            )
        )


async def _question(session: AsyncSession, listing_id: UUID, comment_id: UUID) -> Comment:
    question = await find_comment(session, listing_id, comment_id)
    if question.parent_id is not None:
        raise invalid_field(
            "/parent_id",
            "answers_an_answer",
            Label("Répondez à la question elle-même.", "Answer the question itself."),
        )
    return question


async def _require_room(
    session: AsyncSession, listing_id: UUID, author_id: UUID, question: Comment | None, now: datetime
) -> None:
    known, there = await bounds(session), Comment.deleted_at.is_(None)
    today = select(func.count()).where(Comment.author_id == author_id, Comment.written_at > now - _DAY)
    require_room(known, "comments_of_a_day", await session.scalar(today) or 0)
    all_of_it = select(func.count()).where(Comment.listing_id == listing_id, there)
    require_room(known, "comments", await session.scalar(all_of_it) or 0)
    if question is not None:
        answers = select(func.count()).where(Comment.parent_id == question.id, there)
        require_fixed_room("comment_answers", await session.scalar(answers) or 0)
