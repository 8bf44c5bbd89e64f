"""What orders hold of a person: for the export and the erasure of the RGPD, and what keeps an account open.

What was agreed on, done and paid stays, for the other party and for the books; what the person wrote goes.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.accounts.handles import erased_handle
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.open_matters import OpenMatter
from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, Disclosure, between
from orderhub.domain.escrow import ledger
from orderhub.domain.escrow.models import Balance
from orderhub.domain.events.models import Event
from orderhub.domain.events.rewriting import about, rewrite, seen_by
from orderhub.domain.files.keeping import keeps_files
from orderhub.domain.files.models import File
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.kind import Personal
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.models import Order, OrderFile
from orderhub.domain.payments.models import Payment, Proof
from orderhub.domain.transitions.personal_data import forget_said, said_by, words_left
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label

_MOST: Final = 100
_NOTHING: Final = Personal(lambda _order, _role: {})
_QUOTED: Final = frozenset(name for kind in KINDS.values() if kind.personal for name in kind.personal.quoted)


async def open_orders(session: AsyncSession, account_id: UUID) -> Sequence[OpenMatter]:
    """Orders under way, as buyer or as seller."""
    wanted = select(Order.id, Order.status).where(_is_party(account_id), Order.final_at.is_(None)).limit(_MOST)
    return [
        OpenMatter(
            "order",
            Label(f"Une commande est encore en cours ({status}).", f"An order is still {status}."),
            show_id("ord", order_id),
        )
        for order_id, status in await session.execute(wanted)
    ]


async def owed_balances(session: AsyncSession, account_id: UUID) -> Sequence[OpenMatter]:
    """Money that the hub still owes to the person."""
    wanted = select(Balance).where(Balance.account == ledger.payable(account_id), Balance.amount > 0)
    return [
        OpenMatter(
            "balance",
            Label(
                f"{balance.amount} {balance.currency} (unités mineures) restent à verser.",
                f"{balance.amount} {balance.currency} (minor units) are still to be paid out.",
            ),
        )
        for balance in await session.scalars(wanted)
    ]


async def undecided_proofs(session: AsyncSession, account_id: UUID) -> Sequence[OpenMatter]:
    """Receipts that staff still have to look at: the money that they speak of goes back to the person."""
    wanted = select(Proof.order_id).where(Proof.submitted_by == account_id, Proof.status.in_(("under_review", "left")))
    return [
        OpenMatter(
            "proof",
            Label(
                "Une preuve de paiement attend encore d’être examinée.",
                "A proof of payment still waits to be looked at.",
            ),
            show_id("ord", order_id),
        )
        for order_id in await session.scalars(wanted.limit(_MOST))
    ]


async def export_orders(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Every order of the person, with what they said and paid."""
    orders = (await session.scalars(select(Order).where(_is_party(account_id)).order_by(Order.id))).all()
    countries = await _countries_of_parties(session, account_id)
    said = await said_by(session, account_id, select(Order.id).where(_is_party(account_id)))
    return [
        {
            "id": show_id("ord", order.id),
            "role": _role(order, account_id),
            "kind": order.kind,
            "status": order.status,
            "title": order.title if _is_titled_by(order, account_id) else _words(order, countries).text(order.title),
            "total": {"amount": order.total, "currency": order.currency} if order.buyer_id == account_id else None,
            **_personal(order).export(state_of(order), _role(order, account_id)),
            "placed_at": show_instant(order.placed_at),
            "done": said.get(order.id, []),
        }
        for order in orders
    ]


async def erase_orders(session: AsyncSession, account_id: UUID) -> None:
    """Forget what the person wrote in their orders, which are all final by now; amounts and instants stay."""
    orders = (await session.scalars(select(Order).where(_is_party(account_id)).order_by(Order.id))).all()
    for order in orders:
        values = _personal(order).forget(state_of(order), _role(order, account_id))
        if values:
            statement = update(Order).where(Order.id == order.id).values(dict(values))
            await session.execute(statement, execution_options={"synchronize_session": False})
    await _forget_evidence(session, account_id)
    mine = select(Order.id).where(_is_party(account_id))
    await forget_said(session, account_id, mine, _QUOTED)
    titled = frozenset(show_id("ord", order.id) for order in orders if _is_titled_by(order, account_id))
    await rewrite(session, _events(account_id), partial(_forget, account_id=account_id, titled=titled))


async def _forget_evidence(session: AsyncSession, account_id: UUID) -> None:
    """What a buyer showed is theirs alone: it goes with them. What was delivered to a buyer stays."""
    bought = select(Order.id).where(Order.buyer_id == account_id)
    theirs = select(File.id).where(File.owner_id == account_id)
    await session.execute(
        delete(OrderFile).where(OrderFile.order_id.in_(bought), OrderFile.file_id.in_(theirs)),
        execution_options={"synchronize_session": False},
    )


def _events(account_id: UUID) -> ColumnElement[bool]:
    """Those of the person's orders, and what only their buyers are told: of payments and refunds."""
    buyers = select(Order.buyer_id).where(Order.seller_id == account_id)
    told = Event.first_party.in_(buyers) & or_(about("payment."), about("refund."))
    return told | (seen_by(account_id) & or_(about("order."), about("payment."), about("refund.")))


async def _countries_of_parties(session: AsyncSession, account_id: UUID) -> Mapping[UUID, str]:
    parties = (select(party).where(_is_party(account_id)) for party in (Order.buyer_id, Order.seller_id))
    found = await session.execute(select(Account.id, Account.country).where(Account.id.in_(union(*parties))))
    return {row.id: row.country for row in found}


def _words(order: Order, countries: Mapping[UUID, str]) -> Disclosure:
    both = (countries[order.buyer_id], countries[order.seller_id])
    return AS_WRITTEN if order.seller_id == HOUSE_ID else between(both, paid=order.paid_at is not None)


def _personal(order: Order) -> Personal:
    return KINDS[order.kind].personal or _NOTHING


def _role(order: Order, account_id: UUID) -> str:
    return "buyer" if order.buyer_id == account_id else "seller"


def _is_titled_by(order: Order, account_id: UUID) -> bool:
    """Whether this person's words are its title: the seller's, or what a buyer asked the house for."""
    return account_id == (order.buyer_id if order.seller_id == HOUSE_ID else order.seller_id)


def _forget(data: dict[str, Any], *, account_id: UUID, titled: frozenset[str]) -> dict[str, Any]:
    order: dict[str, Any] = dict(data.get("order", {}))
    if order.get("id") in titled:
        order["title"] = FORGOTTEN
    me = show_id("acc", account_id)
    for party in ("buyer", "seller"):
        if party in order and order[party]["id"] == me:
            order[party] = {**order[party], "handle": erased_handle(account_id)}
    by_them = data.get("actor_id") == me
    said = {"said": words_left(data["said"], _QUOTED, by_them=by_them)} if "said" in data else {}
    return {**data, **({"order": order} if order else {}), **said}


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
            "return_url": payment.return_url,
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


async def erase_payments(session: AsyncSession, account_id: UUID) -> None:
    """Forget where the person's browser went; what was paid, and when, is the books'."""
    wanted = update(Payment).where(Payment.payer_id == account_id).values(return_url="")
    await session.execute(wanted, execution_options={"synchronize_session": False})


async def erase_proofs(session: AsyncSession, account_id: UUID) -> None:
    """Delete the receipts that proved nothing. One that was confirmed is a voucher of the books: its claims go."""
    mine, without_sync = Proof.submitted_by == account_id, {"synchronize_session": False}
    rejected = delete(Proof).where(mine, Proof.status == "rejected")
    await session.execute(rejected, execution_options=without_sync)
    await session.execute(update(Proof).where(mine).values(reference=None), execution_options=without_sync)


@keeps_files
def vouchers(account_id: UUID) -> Select[UUID]:
    """Receipts of payments that staff confirmed: bookkeeping has to keep them."""
    return select(Proof.file_id).where(Proof.submitted_by == account_id, Proof.status != "rejected")


@keeps_files
def deliveries(account_id: UUID) -> Select[UUID]:
    """What was delivered with orders that were paid: it is the buyer's."""
    paid = select(OrderFile.file_id).join(Order, Order.id == OrderFile.order_id)
    return paid.where(Order.seller_id == account_id, Order.paid_at.is_not(None))


def _is_party(account_id: UUID) -> Any:
    return or_(Order.buyer_id == account_id, Order.seller_id == account_id)


ORDERS = Holding(export_orders, erase_orders)
PAYMENTS = Holding(export_payments, erase_payments)
PROOFS = Holding(export_proofs, erase_proofs)
