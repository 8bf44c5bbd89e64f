"""How many orders somebody has: by role, kind and status, and how many of them wait for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.orders.awaited import awaits
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Count:
    """How many orders somebody has in one status, as one of the parties."""

    role: Role
    kind: str
    status: str
    count: int
    disputed: int
    """Further ones, in dispute, that left this status."""
    waits_for_me: int


async def counts(session: AsyncSession, account_id: UUID) -> Sequence[Count]:
    """One for each role, kind and status, zeros included, in the order of the tables. Reads all one's orders."""
    sides = ((Role.BUYER, Order.buyer_id), (Role.SELLER, Order.seller_id))
    statement = union_all(
        *(
            select(
                func.concat(role.value).label("role"),
                Order.kind,
                Order.status,
                Order.resume_status,
                func.count(),
                func.count().filter(awaits(role)),
            )
            .where(mine == account_id)
            .group_by(Order.kind, Order.status, Order.resume_status)
            for role, mine in sides
        )
    )
    plain: dict[tuple[str, str, str], int] = {}
    disputed: dict[tuple[str, str, str], int] = {}
    waiting: dict[tuple[str, str, str], int] = {}
    for role, kind, status, left, found, awaited in await session.execute(statement):
        _add(plain, (role, kind, status), found)
        _add(waiting, (role, kind, status), awaited)
        if left is not None:
            _add(disputed, (role, kind, left), found)
    keys = [(role, kind.name, code) for role, _ in sides for kind in KINDS.values() for code in kind.table.by_code]
    return [Count(*key, plain.get(key, 0), disputed.get(key, 0), waiting.get(key, 0)) for key in keys]


def _add(to: dict[tuple[str, str, str], int], key: tuple[str, str, str], found: int) -> None:
    to[key] = to.get(key, 0) + found
