"""What orders hold of a person: for the export of the RGPD, and what keeps an account open.

Of an order is erased only what its kind says, such as the delivery address: it is a contract with a ledger; it
names accounts by id alone.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import literal, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.open_matters import OpenMatter
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.escrow import ledger
from orderhub.domain.escrow.models import Balance
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment, Proof
from orderhub.domain.transitions.models import History
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id

_MOST = 100


async def open_orders(session: AsyncSession, account_id: UUID) -> Sequence[OpenMatter]:
    """Orders under way, as buyer or as seller."""
    wanted = select(Order.id, Order.status).where(_is_party(account_id), Order.final_at.is_(None)).limit(_MOST)
    return [
        OpenMatter("order", f"An order is still {status}.", show_id("ord", order_id))
        for order_id, status in await session.execute(wanted)
    ]


async def owed_balances(session: AsyncSession, account_id: UUID) -> Sequence[OpenMatter]:
    """Money that the hub still owes to the person."""
    wanted = select(Balance).where(Balance.account == ledger.payable(account_id), Balance.amount > 0)
    return [
        OpenMatter("balance", f"{balance.amount} {balance.currency} (minor units) are still to be paid out.")
        for balance in await session.scalars(wanted)
    ]


async def export_orders(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every order of the person, with what they said and paid."""
    orders = (await session.scalars(select(Order).where(_is_party(account_id)).order_by(Order.id))).all()
    said = await _said_by(session, account_id)
    return [
        {
            "id": show_id("ord", order.id),
            "role": "buyer" if order.buyer_id == account_id else "seller",
            "kind": order.kind,
            "status": order.status,
            "title": order.title,
            "total": {"amount": order.total, "currency": order.currency} if order.buyer_id == account_id else None,
            **_own(order, account_id),
            "placed_at": show_instant(order.placed_at),
            "done": said.get(order.id, []),
        }
        for order in orders
    ]


def _own(order: Order, account_id: UUID) -> dict[str, Any]:
    """What only an order of its kind holds of the person."""
    personal = KINDS[order.kind].personal
    role = "buyer" if order.buyer_id == account_id else "seller"
    return personal.export(state_of(order), role) if personal else {}


async def erase_of_kinds(session: AsyncSession, account_id: UUID) -> None:
    """Forget what each kind of order forgets with its buyer; every order of theirs is final by now."""
    for kind in KINDS.values():
        if kind.personal is None or not kind.personal.forgets:
            continue
        wanted = update(Order).where(Order.buyer_id == account_id, Order.kind == kind.name)
        without = Order.sourcing.op("||")(literal(dict(kind.personal.forgets), JSONB()))
        await session.execute(wanted.values(sourcing=without).execution_options(synchronize_session=False))


async def export_payments(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every payment that the person started."""
    rows = await session.scalars(select(Payment).where(Payment.payer_id == account_id).order_by(Payment.id))
    return [
        {
            "id": show_id("pay", payment.id),
            "order_id": show_id("ord", payment.order_id),
            "method": payment.method,
            "amount": {"amount": payment.amount, "currency": payment.currency},
            "status": payment.status,
            "created_at": show_instant(payment.created_at),
        }
        for payment in rows
    ]


async def export_proofs(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every proof of payment that the person sent, and what came of it."""
    rows = await session.scalars(select(Proof).where(Proof.submitted_by == account_id).order_by(Proof.id))
    return [
        {
            "id": show_id("pro", proof.id),
            "payment_id": show_id("pay", proof.payment_id),
            "file_id": show_id("fil", proof.file_id),
            "amount": proof.amount,
            "currency": proof.currency,
            "method": proof.method,
            "reference": proof.reference,
            "via": proof.via,
            "status": proof.status,
            "submitted_at": show_instant(proof.submitted_at),
        }
        for proof in rows
    ]


async def _said_by(session: AsyncSession, account_id: UUID) -> dict[UUID, list[dict[str, Any]]]:
    wanted = (
        select(History)
        .join(Order, Order.id == History.subject_id)
        .where(_is_party(account_id), History.actor_id == account_id)
    )
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in await session.scalars(wanted.order_by(History.subject_id, History.version)):
        entry = {"action": row.action, "at": show_instant(row.at), "said": row.data}
        found.setdefault(row.subject_id, []).append(entry)
    return found


def _is_party(account_id: UUID) -> Any:
    return or_(Order.buyer_id == account_id, Order.seller_id == account_id)


ORDERS = Holding(export_orders, erase_of_kinds)
PAYMENTS = Holding(export_payments)
PROOFS = Holding(export_proofs)
