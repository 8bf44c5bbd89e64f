"""What comments hold of a person: what they wrote, and where others mention them.

Erased, their comments are empty and mentions of them name nobody, in the log, too; that they were written stays.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.handles import erased_handle
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.comments.models import Comment
from orderhub.domain.comments.shown import public_form
from orderhub.domain.events.models import Event
from orderhub.domain.events.rewriting import rewrite
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import parse_id, show_id


async def export_comments(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Everything that a person wrote, oldest first."""
    rows = await session.scalars(select(Comment).where(Comment.author_id == account_id).order_by(Comment.id))
    return [
        {
            "id": show_id("cmt", row.id),
            "listing_id": show_id("lst", row.listing_id),
            "parent_id": row.parent_id and show_id("cmt", row.parent_id),
            "text": row.text,
            "written_at": show_instant(row.written_at),
            "deleted_at": row.deleted_at and show_instant(row.deleted_at),
        }
        for row in rows
    ]


async def erase_comments(session: AsyncSession, account_id: UUID) -> None:
    """Empty what a person wrote, and write their new handle where others mention them."""
    # Locked: whoever else is mentioned may be erased at the same instant.
    theirs = select(Comment).where(names(account_id)).order_by(Comment.id).with_for_update(key_share=True)
    for comment in await session.scalars(theirs, execution_options={"populate_existing": True}):
        if comment.author_id == account_id:
            comment.text, comment.spans, comment.mentions = "", [], []
        else:
            _rename(comment, account_id)
    await session.flush()
    subjects = await subjects_about(session, account_id)
    comments = await _signed(session, account_id)
    await rewrite(session, Event.subject.in_(subjects), partial(_anew, comments=comments))


async def subjects_about(session: AsyncSession, account_id: UUID) -> Sequence[str]:
    """The public ids of the comments that this person wrote or that mention them: the subjects of their events."""
    return [show_id("cmt", found) for found in await session.scalars(select(Comment.id).where(names(account_id)))]


def names(account_id: UUID) -> ColumnElement[bool]:
    """Whether a comment is by this person or mentions them."""
    mentions_them = Comment.mentions.contains([{"account_id": str(account_id)}])
    return or_(Comment.author_id == account_id, mentions_them)


def _rename(comment: Comment, account_id: UUID) -> None:
    """Write the erased handle in each mention; what stands behind one moves along. In one pass, however many."""
    handle = f"@{erased_handle(account_id)}"
    theirs = sorted((each["start"], each["end"]) for each in comment.mentions if UUID(each["account_id"]) == account_id)
    ends = [end for _, end in theirs]
    between = [comment.text[behind:start] for behind, (start, _) in zip((0, *ends), theirs, strict=False)]
    grown = [0, *accumulate(len(handle) - (end - start) for start, end in theirs)]
    comment.text = handle.join((*between, comment.text[ends[-1] :]))
    comment.spans = [_moved(each, ends, grown) for each in comment.spans]
    comment.mentions = [_moved(each, ends, grown) for each in comment.mentions]


def _moved(span: Mapping[str, Any], ends: Sequence[int], grown: Sequence[int]) -> dict[str, Any]:
    return {**span, **{name: span[name] + grown[bisect_right(ends, span[name])] for name in ("start", "end")}}


async def _signed(session: AsyncSession, account_id: UUID) -> Mapping[UUID, tuple[Comment, Account]]:
    query = select(Comment, Account).join(Account, Account.id == Comment.author_id).where(names(account_id))
    return {comment.id: (comment, author) for comment, author in await session.execute(query)}


def _anew(data: dict[str, Any], *, comments: Mapping[UUID, tuple[Comment, Account]]) -> dict[str, Any]:
    comment_id = parse_id("cmt", data["comment"]["id"])
    return data if comment_id is None else {**data, **public_form(*comments[comment_id])}


COMMENTS = Holding(export_comments, erase_comments)
"""For `personal_data.register`."""
