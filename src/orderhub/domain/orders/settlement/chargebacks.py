"""Chargebacks: accepted in any status (docs/rules.md, Money).

What a chargeback takes is in ``chargeback:<payment>`` until the bank has decided. It comes from the
order's escrow as far as that still holds the payment, which disputes the order; ``hub:losses`` pays
the rest. Of a final order ``receivable:<account>`` recovers what was released to the seller, unless the house sold.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import BigInteger, Text, Uuid, bindparam, func, select

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.cases.models import CaseKind
from orderhub.domain.escrow import ledger
from orderhub.domain.escrow.models import Posting
from orderhub.domain.orders import advance, engine
from orderhub.domain.orders.draft import Draft
from orderhub.domain.orders.effects import open_case
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.money import add_refund
from orderhub.domain.orders.settlement.notice import Told, write_payment
from orderhub.domain.orders.state import OrderState, PaymentFacts
from orderhub.domain.payments.models import PaymentNotification
from orderhub.domain.payments.ports import NotificationType
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.infra.database import HotTransaction, Statement
from orderhub.kit.errors import ConflictError
from orderhub.kit.ids import new_id
from orderhub.kit.money import share

PROVIDER: Final = Actor(frozenset({By.PROVIDER}))
TYPES: Final = frozenset(
    {NotificationType.CHARGEBACK_OPENED, NotificationType.CHARGEBACK_WON, NotificationType.CHARGEBACK_LOST}
)
_MOVES: Final = Statement(
    select(Posting.source, Posting.target, func.sum(Posting.amount).cast(BigInteger).label("amount"))
    .where(
        Posting.order_id == bindparam("order_id", type_=Uuid()),
        Posting.payment_id == bindparam("payment_id", type_=Uuid()),
    )
    .group_by(Posting.source, Posting.target)
)

_KNOWN: Final = Statement(
    select(PaymentNotification.outcome).where(
        PaymentNotification.provider == bindparam("provider", type_=Text()),
        PaymentNotification.id == bindparam("note_id", type_=Text()),
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What chargebacks of one payment have moved so far, in minor units of what was captured."""

    open: int
    """Taken by the bank, and not decided."""
    lost: int
    from_escrow: int
    """The part of ``open`` that the order's escrow gave; what was lost is taken from this part first."""
    from_seller: int
    """What the seller owes because of it, at most."""


async def apply(transaction: HotTransaction, told: Told) -> str:
    """Apply one notification about a chargeback; the answer says what came of it.

    Raises ConflictError for one that overtook what it follows from: it should come again.
    """
    note, payment = told.note, told.payment
    standing = await _standing(transaction, told)
    opens = note.type is NotificationType.CHARGEBACK_OPENED
    if not payment["captured"] or (not opens and note.amount > standing.open):
        if await transaction.row(_KNOWN, {"provider": told.provider, "note_id": note.id}):
            return "repeated"
        raise ConflictError("What this chargeback follows from has not been told yet. Send it again.", retry_after=1)
    left = payment["captured"] - standing.open - standing.lost
    if note.currency != payment["captured_currency"] or note.amount < 1 or (opens and note.amount > left):
        return await _disbelieve(transaction, told)
    if opens:
        return await _opened(transaction, told, standing)
    if note.type is NotificationType.CHARGEBACK_WON:
        return await _won(transaction, told, standing)
    draft = told.draft("lose_charge_back")
    _post(draft, told, _taken(told), ledger.provider(told.provider), note.amount)
    return await write_payment(transaction, told, draft, "lost")


async def _standing(transaction: HotTransaction, told: Told) -> Standing:
    order = told.loaded.order
    rows = await transaction.rows(_MOVES, {"order_id": order.id, "payment_id": told.payment["id"]})
    moves = {(row["source"], row["target"]): row["amount"] for row in rows}
    taken, escrow = _taken(told), ledger.escrow(order.id)
    seller, owed = ledger.payable(order.seller_id), ledger.receivable(order.seller_id)
    given = sum(amount for (_, target), amount in moves.items() if target == taken)
    gone = sum(amount for (source, _), amount in moves.items() if source == taken)
    lost = moves.get((taken, ledger.provider(told.provider)), 0)
    back = sum(amount for (source, target), amount in moves.items() if source == taken and target != ledger.LOSSES)
    from_escrow = max(moves.get((escrow, taken), 0) - back, 0)
    from_seller = moves.get((owed, ledger.LOSSES), 0) - moves.get((ledger.LOSSES, seller), 0)
    return Standing(given - gone, lost, from_escrow, from_seller)


async def _opened(transaction: HotTransaction, told: Told, standing: Standing) -> str:
    order, note = told.loaded.order, told.note
    draft = _by_row(told, "charge_back", note.amount)
    if draft is not None:
        moved = sum(posting["amount"] for posting in draft.rows.get("postings", []))
        _post(draft, told, ledger.LOSSES, _taken(told), note.amount - moved)
        return await _write_order(transaction, told, draft, "charged_back")
    draft = told.draft("charge_back")
    _post(draft, told, ledger.LOSSES, _taken(told), note.amount)
    if order.seller_id != HOUSE_ID:  # what the house sold is its own loss
        recovered = min(note.amount, order.released - standing.from_seller)
        _post(draft, told, ledger.receivable(order.seller_id), ledger.LOSSES, recovered)
    _open_case(draft, told, "The bank took back a payment that the order no longer holds.")
    return await write_payment(transaction, told, draft, "charged_back_final" if order.final_at else "charged_back")


async def _won(transaction: HotTransaction, told: Told, standing: Standing) -> str:
    order, note = told.loaded.order, told.note
    own = min(note.amount, standing.from_escrow)
    draft = _by_row(told, "win_charge_back", own) if own else None
    runs_on = draft is not None
    draft = draft or told.draft("win_charge_back")
    if own and not runs_on:
        _give_to_whom_it_is(draft, told, own)
    lost = note.amount - own
    _post(draft, told, _taken(told), ledger.LOSSES, lost)
    _post(draft, told, ledger.LOSSES, ledger.payable(order.seller_id), min(lost, standing.from_seller))
    if runs_on:
        return await _write_order(transaction, told, draft, "won")
    return await write_payment(transaction, told, draft, "won")


def _give_to_whom_it_is(draft: Draft, told: Told, amount: int) -> None:
    """The order ended without this money: it goes where the order's end would have sent it."""
    order, payment_id = told.loaded.order, told.payment["id"]
    earned = _earned(order, amount)
    commission = share(earned, order.commission_basis_points)
    _post(draft, told, _taken(told), ledger.earned_by(order.seller_id), earned - commission)
    _post(draft, told, _taken(told), ledger.COMMISSION, commission)
    if earned < amount:
        _post(draft, told, _taken(told), ledger.refund(payment_id), amount - earned)
        add_refund(draft, new_id(), payment_id, amount - earned, told.note.currency)


def _earned(order: OrderState, amount: int) -> int:
    """The seller's part of it: nothing unless the buyer has what was promised; never more than the order cost."""
    if order.status not in KINDS[order.kind].table.fulfilled:
        return 0
    return min(amount, max(order.total - order.released, 0))  # what the bank had taken may have been paid again


async def _disbelieve(transaction: HotTransaction, told: Told) -> str:
    """What it says can't be: nothing moves, and staff look at it."""
    note, payment = told.note, told.payment
    captured = f"{payment['captured']} {payment['captured_currency']}"
    draft = told.draft("charge_back")
    _open_case(draft, told, f"A chargeback of {note.amount} {note.currency} on a payment of {captured}.")
    return await write_payment(transaction, told, draft, "wrong_amount")


def _open_case(draft: Draft, told: Told, reason: str) -> None:
    """A running order counts its own chargebacks, and this isn't one of them."""
    kind = CaseKind.CHARGEBACK if told.loaded.order.final_at else CaseKind.UNAPPLIED_PAYMENT
    open_case(draft, kind, reason, told.payment["id"])


def _by_row(told: Told, action: str, amount: int) -> Draft | None:
    """The order's own row for it, or None where it has none: its kind knows none, it is final, or never held it."""
    note, loaded = told.note, told.loaded
    facts = PaymentFacts(told.payment["id"], told.payment["extra_id"], amount, note.currency)
    try:
        return advance.advance(loaded.order, PROVIDER, action, loaded.now, command={}, payment=facts)
    except (TransitionError, GuardError, NotYoursError):
        return None


async def _write_order(transaction: HotTransaction, told: Told, draft: Draft, outcome: str) -> str:
    draft.rows["payment_notifications"] = [told.row(outcome)]
    await engine.write_draft(transaction, told.loaded, draft)
    return outcome


def _taken(told: Told) -> str:
    return ledger.chargeback(told.payment["id"])


def _post(draft: Draft, told: Told, source: str, target: str, amount: int) -> None:
    if amount > 0:
        draft.post(source, target, amount, told.payment["id"], told.note.currency)
