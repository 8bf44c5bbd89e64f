"""Reads of comments."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.comments.errors import CommentNotFoundError
from orderhub.domain.comments.mentions import mentioned
from orderhub.domain.comments.models import Comment
from orderhub.infra.pages import one_more
from orderhub.kit.pages import Page, PageRequest, cut
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Signed:
    """A comment, who wrote it, and whom it mentions."""

    comment: Comment
    author: Account
    mentions: Sequence[Account]


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with its answers, the oldest first."""

    question: Signed
    answers: Sequence[Signed]


async def threads(session: AsyncSession, listing_id: UUID, page: PageRequest) -> Page[Thread]:
    """A page of the questions under a listing, newest first, each with all of its answers."""
    asked = select(Comment).where(
        Comment.listing_id == listing_id, Comment.parent_id.is_(None), Comment.deleted_at.is_(None)
    )
    questions = cut((await session.scalars(one_more(asked, page, Comment.id))).all(), page.limit, lambda row: row.id)
    answers = await _answers(session, [question.id for question in questions.data])
    people = await _people(session, [*questions.data, *(each for found in answers.values() for each in found)])
    found = [
        Thread(_signed(question, people), [_signed(each, people) for each in answers.get(question.id, ())])
        for question in questions.data
    ]
    return Page(found, questions.next_cursor)


async def find_comment(session: AsyncSession, listing_id: UUID, comment_id: UUID) -> Comment:
    """A comment of this listing that is still there. Raises CommentNotFoundError."""
    found = await session.scalar(
        select(Comment).where(Comment.id == comment_id, Comment.listing_id == listing_id, Comment.deleted_at.is_(None))
    )
    if found is None:
        raise no_comment()
    return found


def no_comment() -> CommentNotFoundError:
    """There is none, or it is not for this caller to know."""
    return CommentNotFoundError(
        Label("Il n’y a pas un tel commentaire sous cette annonce.", "There is no such comment under this listing.")
    )


async def sign(session: AsyncSession, comment: Comment) -> Signed:
    """A comment with its author and whom it mentions."""
    return _signed(comment, await _people(session, [comment]))


async def _answers(session: AsyncSession, question_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Comment]]:
    query = select(Comment).where(Comment.parent_id.in_(question_ids), Comment.deleted_at.is_(None))
    found: defaultdict[UUID, list[Comment]] = defaultdict(list)
    for each in await session.scalars(query.order_by(Comment.id)) if question_ids else ():
        if each.parent_id is not None:
            found[each.parent_id].append(each)
    return found


async def _people(session: AsyncSession, comments: Sequence[Comment]) -> Mapping[UUID, Account]:
    wanted = {each.author_id for each in comments} | {
        account_id for each in comments for account_id in mentioned(each.mentions)
    }
    found = await session.scalars(select(Account).where(Account.id.in_(wanted))) if wanted else ()
    return {account.id: account for account in found}


def _signed(comment: Comment, people: Mapping[UUID, Account]) -> Signed:
    return Signed(comment, people[comment.author_id], [people[each] for each in mentioned(comment.mentions)])
