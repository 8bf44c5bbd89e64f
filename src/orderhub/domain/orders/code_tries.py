"""How often somebody tried the code by which an order is handed over: a code is not to be guessed.

A try is counted in a transaction of its own, before the order is looked at: it stays counted when the code is wrong.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.policies.room import of_terms, reached
from orderhub.domain.requests.caller import Caller

_ACTION: Final = "hand_over"
_COUNT: Final = text(
    "INSERT INTO code_tries (order_id, tries) VALUES (:order_id, 1)"
    " ON CONFLICT (order_id) DO UPDATE SET tries = code_tries.tries + 1 WHERE code_tries.tries < :most"
    " RETURNING tries"
).bindparams(bindparam("order_id", type_=Uuid()))


async def count_try(session: AsyncSession, order_id: UUID, caller: Caller) -> None:
    """Count one more where this caller may hand the order over now; else the order itself says why not.

    Raises LimitReachedError.
    """
    order = await session.get(Order, order_id)
    if order is None or not (caller.roles or order.seller_id == caller.account_id):
        return
    if not KINDS[order.kind].table.rows_of(order.status, _ACTION):
        return
    most = of_terms(order.terms, "code_tries")
    if await session.scalar(_COUNT, {"order_id": order_id, "most": most}) is None:
        raise reached("code_tries", most)
