"""Reads of one order: itself for its reader, its history, its money."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import exists, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, Disclosure, between
from orderhub.domain.escrow.models import Posting
from orderhub.domain.files.models import File
from orderhub.domain.orders import loading
from orderhub.domain.orders.conditions import of_party
from orderhub.domain.orders.errors import OrderNotFoundError
from orderhub.domain.orders.loading import Loaded, read_loaded
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Proof, Refund
from orderhub.domain.requests import diagnosis
from orderhub.domain.requests.caller import Caller
from orderhub.domain.transitions.models import History
from orderhub.infra.database import Database
from orderhub.infra.pages import newest_first
from orderhub.kit.pages import Page, PageRequest

SAME_AT_MOST: Final = 20
"""Other proofs with the same file that are named."""


async def read(database: Database, caller: Caller, order_id: UUID) -> Loaded:
    """An order for a caller, in one statement. Raises UnauthenticatedError, OrderNotFoundError."""
    row = await database.row(loading.READ, {"order_id": order_id, **caller.values()})
    if row is None:
        await diagnosis.require_alive(database, caller)
        raise OrderNotFoundError
    return read_loaded(row)


async def visible_order(session: AsyncSession, order_id: UUID, account_id: UUID, *, staff: bool) -> Order:
    """An order that its party, a member of the shop that buys, or staff may see. Raises OrderNotFoundError."""
    order = await session.get(Order, order_id)
    if order is None or not (staff or await _is_party(session, order_id, account_id)):
        raise OrderNotFoundError
    return order


async def words_between(session: AsyncSession, order: Order) -> Disclosure:
    """How a party of an order reads what the other wrote."""
    if order.seller_id == HOUSE_ID:
        return AS_WRITTEN
    countries = select(Account.country).where(Account.id.in_((order.buyer_id, order.seller_id)))
    return between(await session.scalars(countries), paid=order.paid_at is not None)


async def _is_party(session: AsyncSession, order_id: UUID, account_id: UUID) -> bool:
    return bool(await session.scalar(select(exists().where(Order.id == order_id, of_party(account_id)))))


async def history_of(session: AsyncSession, order_id: UUID, limit: int, before: int | None) -> Sequence[History]:
    """What happened to an order, the newest first, below version ``before``; one more than ``limit``."""
    wanted = select(History).where(History.subject_id == order_id)
    if before is not None:
        wanted = wanted.where(History.version < before)
    return (await session.scalars(wanted.order_by(History.version.desc()).limit(limit + 1))).all()


async def postings_of(session: AsyncSession, order_id: UUID) -> Sequence[Posting]:
    """Every movement of an order's money, the oldest first."""
    return (await session.scalars(select(Posting).where(Posting.order_id == order_id).order_by(Posting.id))).all()


async def refunds_of(session: AsyncSession, order_id: UUID) -> Sequence[Refund]:
    """Every refund of an order, the oldest first."""
    return (await session.scalars(select(Refund).where(Refund.order_id == order_id).order_by(Refund.id))).all()


async def proofs_of(session: AsyncSession, payment_id: UUID) -> Sequence[Proof]:
    """Every proof of a payment, the newest first."""
    wanted = select(Proof).where(Proof.payment_id == payment_id)
    return (await session.scalars(wanted.order_by(Proof.id.desc()))).all()


async def same_receipts(session: AsyncSession, payment_id: UUID) -> Mapping[UUID, Sequence[Proof]]:
    """The other proofs that came with the very same file, of each proof of a payment: the oldest `SAME_AT_MOST`.

    What came is compared, not what is shown of it: the same picture is stored anew each time.
    """
    mine, others, file, same = aliased(Proof), aliased(Proof), aliased(File), aliased(File)
    came, other = (func.coalesce(each.original_sha256, each.sha256) for each in (file, same))
    found = (
        select(others)
        .join(same, same.id == others.file_id)
        .where(other == came, others.id != mine.id)
        .order_by(others.id)
        .limit(SAME_AT_MOST)
        .correlate(mine, file)
        .lateral()
    )
    other_proof = aliased(Proof, found)
    rows = await session.execute(
        select(mine.id, other_proof)
        .join(file, file.id == mine.file_id)
        .join(found, true())
        .where(mine.payment_id == payment_id)
        .order_by(other_proof.id)
    )
    grouped: dict[UUID, list[Proof]] = {}
    for proof_id, proof in rows:
        grouped.setdefault(proof_id, []).append(proof)
    return grouped


async def postings_page(session: AsyncSession, account: str, page: PageRequest) -> Page[Posting]:
    """A page of one ledger account's movements, the newest first."""
    return await newest_first(session, Posting, page, (Posting.source == account) | (Posting.target == account))
