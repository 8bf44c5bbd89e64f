"""Stored answers of others' requests that speak of a person: emptied, so that a repeated request is told so.

They are kept for seven days. One's own go with the account; these are found by the ids that they name: the
person's, and those of their orders, quotes, conversations and cases.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, exists, func, literal, or_, select, union, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.cases.models import Case
from orderhub.domain.messages.models import Conversation
from orderhub.domain.orders.models import Order
from orderhub.domain.quotes.models import Quote
from orderhub.infra.idempotency import ERASED, IdempotencyKey
from orderhub.kit.ids import show_id


async def export_answers(_session: AsyncSession, _account_id: UUID) -> list[dict[str, Any]]:
    """Nothing that isn't elsewhere: an answer is a copy of what it answered about."""
    return []


async def erase_answers(session: AsyncSession, account_id: UUID) -> None:
    """Empty what was answered to the other parties and to staff about this person."""
    named = [show_id("acc", account_id)]
    for prefix, ids in _theirs(account_id).items():
        named += [show_id(prefix, each) for each in await session.scalars(ids)]
    name = func.unnest(literal(named, ARRAY(Text()))).column_valued("named")
    speaks = exists(select(name).where(func.strpos(func.encode(IdempotencyKey.body, "escape"), name) > 0))
    await session.execute(
        update(IdempotencyKey)
        .where(_is_anothers(account_id), speaks)
        .values(status=ERASED, body=b"", headers={})
        .execution_options(synchronize_session=False)
    )


def _theirs(account_id: UUID) -> dict[str, Select[UUID]]:
    orders = select(Order.id).where(or_(Order.buyer_id == account_id, Order.seller_id == account_id))
    talks = select(Conversation.id).where(
        or_(Conversation.buyer_id == account_id, Conversation.seller_id == account_id)
    )
    return {
        "ord": orders,
        "quo": select(Quote.id).where(Quote.buyer_id == account_id),
        "cnv": talks,
        "cas": select(Case.id).where(Case.opened_by == account_id),
    }


def _is_anothers(account_id: UUID) -> ColumnElement[bool]:
    """Of whoever had to do with the person: the other party of a conversation, which every order has, or staff."""
    buyers = select(Conversation.buyer_id).where(Conversation.seller_id == account_id)
    sellers = select(Conversation.seller_id).where(Conversation.buyer_id == account_id)
    staff = select(Account.id).where(Account.roles != [])
    return IdempotencyKey.account_id.in_(union(buyers, sellers, staff))


ANSWERS = Holding(export_answers, erase_answers)
"""For `personal_data.register`."""
