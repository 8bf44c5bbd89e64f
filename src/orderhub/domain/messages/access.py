"""Who has a part in a conversation: the reads behind `Participation`."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from orderhub.domain.accounts.addresses import countries_of_addresses
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account, StaffRole
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.catalog.models import Listing
from orderhub.domain.messages.errors import ConversationNotFoundError
from orderhub.domain.messages.models import Conversation, ConversationMember
from orderhub.domain.messages.participation import Participation
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.roles import Role
from orderhub.kit.text import Label

_Buyer = aliased(Account, name="buyer")
_Seller = aliased(Account, name="seller")
WIDTH: Final = 7
"""Columns of `with_parties` before what is asked for besides."""


def with_parties(*more: Any) -> Select[*tuple[Any, ...]]:
    """Conversations with what a `Participation` is made of, then ``more``; read a row with `stands`."""
    title = func.coalesce(Order.title, Listing.title)
    return (
        select(Conversation, _Buyer, _Seller, Order, title, _paid_between(), _countries(), *more)
        .select_from(Conversation)
        .join(_Buyer, _Buyer.id == Conversation.buyer_id)
        .join(_Seller, _Seller.id == Conversation.seller_id)
        .outerjoin(Order, Order.id == Conversation.order_id)
        .outerjoin(Listing, Listing.id == Conversation.listing_id)
    )


def _paid_between() -> ColumnElement[bool]:
    """Whether an order between the two people of a conversation was ever paid, whoever sold."""
    between = aliased(Order, name="between")
    one_way = and_(between.buyer_id == Conversation.buyer_id, between.seller_id == Conversation.seller_id)
    other_way = and_(between.buyer_id == Conversation.seller_id, between.seller_id == Conversation.buyer_id)
    return exists(select(between.id).where(between.paid_at.is_not(None), or_(one_way, other_way)))


def _countries() -> ColumnElement[Sequence[str]]:
    return countries_of_addresses(Conversation.buyer_id, Conversation.seller_id)


def stands(row: Any, role: Role, unread: int) -> Participation:
    """The standing in a row of `with_parties`."""
    conversation, buyer, seller, order, title, paid, countries = row[:WIDTH]
    return Participation(conversation, role, buyer, seller, order, title, paid, countries, unread)


async def standing(
    session: AsyncSession, conversation_id: UUID, *, account_id: UUID, roles: frozenset[str]
) -> Participation:
    """A conversation that this caller may see. Raises ConversationNotFoundError.

    Support sees the conversation of a disputed order, of one with an open reported problem, and of each order
    that the house itself sells: there they answer for it.
    """
    mine = and_(ConversationMember.conversation_id == Conversation.id, ConversationMember.account_id == account_id)
    query = with_parties(ConversationMember.unread).outerjoin(ConversationMember, mine)
    found = await session.execute(
        query.where(Conversation.id == conversation_id), execution_options={"populate_existing": True}
    )
    row = found.one_or_none()
    role = None if row is None else await _role(session, row[0], row[3], account_id, roles)
    if role is None:
        raise ConversationNotFoundError(
            Label("Aucune de vos conversations n’a cet id.", "No conversation of yours has this id.")
        )
    return stands(row, role, 0 if row is None else row[WIDTH] or 0)


async def _role(
    session: AsyncSession, conversation: Conversation, order: Order | None, account_id: UUID, roles: frozenset[str]
) -> Role | None:
    if account_id == conversation.buyer_id:
        return Role.BUYER
    if account_id == conversation.seller_id:
        return Role.SELLER
    if StaffRole.SUPPORT in roles and order is not None and await _concerns_staff(session, order):
        return Role.STAFF
    return None


async def _concerns_staff(session: AsyncSession, order: Order) -> bool:
    if order.status in KINDS[order.kind].disputed or order.seller_id == HOUSE_ID:
        return True
    reported = select(Case.id).where(
        Case.order_id == order.id, Case.kind == CaseKind.PROBLEM.value, Case.closed_at.is_(None)
    )
    return bool(await session.scalar(select(exists(reported))))
