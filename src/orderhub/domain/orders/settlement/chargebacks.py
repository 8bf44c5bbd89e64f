"""Chargebacks: accepted in any status (docs/rules.md, Money), and each once, by the id that the provider gave it.

What a chargeback takes is in ``chargeback:<payment>`` until the bank has decided. It comes from the
order's escrow as far as that still holds the payment, which disputes the order; ``hub:losses`` pays
the rest. Of a final order ``receivable:<account>`` recovers what was released to the seller, unless the house sold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from sqlalchemy import Text, Uuid, and_, bindparam, or_, select

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.cases.models import CaseKind
from orderhub.domain.escrow import ledger
from orderhub.domain.orders import advance
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.effects import open_case
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.money import add_refund, sellers_part, shares
from orderhub.domain.orders.settlement.notice import PaymentNotice
from orderhub.domain.orders.settlement.payments import HOLD, PAYMENTS
from orderhub.domain.orders.state import OrderState, PaymentFacts
from orderhub.domain.payments.models import Chargeback
from orderhub.domain.payments.ports import NotificationType
from orderhub.domain.payments.process import CHARGEBACK, lost, withdrawn
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.domain.transitions.holding import guarded
from orderhub.domain.transitions.rows import begin_row, take_row
from orderhub.infra.database import Statement
from orderhub.kit.errors import ConflictError
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label

PROVIDER: Final = Actor(frozenset({By.PROVIDER}))
_ENDS: Final = {NotificationType.CHARGEBACK_WON: "reinstate_funds", NotificationType.CHARGEBACK_LOST: "lose"}
"""The row that each decision of the bank takes."""
TYPES: Final = frozenset({NotificationType.CHARGEBACK_OPENED, *_ENDS})
ONE_CHARGEBACK: Final = "uq_chargebacks_provider_provider_id"
"""Refuses a second one with the provider's id."""
_TABLE: Final = Chargeback.__tablename__
_OF_ORDER: Final = Statement(
    select(*Chargeback.__table__.c).where(
        or_(
            Chargeback.order_id == bindparam("order_id", type_=Uuid()),
            and_(
                Chargeback.provider == bindparam("provider", type_=Text()),
                Chargeback.provider_id == bindparam("provider_id", type_=Text()),
            ),
        )
    )
)
"""Those of an order, whose lock keeps further ones away; and the one that a notification names, whosever it is."""
CHARGED: Final = replace(
    PAYMENTS,
    lock_inside=guarded(HOLD, _OF_ORDER, lambda held, rows: replace(held, chargebacks=rows)),
    taken={
        **PAYMENTS.taken,
        ONE_CHARGEBACK: partial(
            ConflictError,
            Label("Celui d’un autre paiement est venu au même instant.", "Another payment's came at once."),
            retry_after=1,
        ),
    },
)
"""A payment with its order's chargebacks. Parameters also ``provider``, ``provider_id``."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """What is known of the order's chargebacks when a notification speaks of one."""

    known: Mapping[str, Any] | None
    """The one that it names."""
    taken: int
    """Of its payment: by the bank, decided or not, and not given back."""
    from_seller: int
    """What the seller owes because of all that took from this order."""


def decide(notice: PaymentNotice) -> OrderChange:
    """What one notification about a chargeback does.

    Raises ConflictError for one that overtook what it follows from: it should come again.
    """
    disputed = _disputed(notice)
    opens = notice.note.type is NotificationType.CHARGEBACK_OPENED
    if disputed.known is not None and not _is_the_same(notice, disputed.known):
        return _disbelieve(notice, "Another one with its id was told of before.")
    if disputed.known is None and not (opens and notice.payment["captured"]):
        raise ConflictError(
            Label(
                "Ce dont découle ce litige bancaire n’a pas encore été dit. Renvoyez-le.",
                "What this chargeback follows from has not been told yet. Send it again.",
            ),
            retry_after=1,
        )
    if disputed.known is None:
        return _open(notice, disputed)
    if opens or disputed.known["status"] != withdrawn.code:
        return _again(notice, disputed.known)
    if notice.note.type is NotificationType.CHARGEBACK_WON:
        return _win(notice, disputed.known)
    return _lose(notice, disputed.known)


def _disputed(notice: PaymentNotice) -> Disputed:
    order_id, rows, theirs = notice.loaded.order.id, notice.held.chargebacks, (notice.provider, notice.note.provider_id)
    named = (row for row in rows if (row["provider"], row["provider_id"]) == theirs)
    gone = [row for row in rows if row["order_id"] == order_id and row["status"] in (withdrawn.code, lost.code)]
    return Disputed(
        next(named, None),
        _sum(gone, "amount", notice.payment["id"]),
        _sum(gone, "from_seller"),
    )


def _sum(rows: Sequence[Mapping[str, Any]], name: str, payment_id: Any = None) -> int:
    return sum(row[name] for row in rows if payment_id in (None, row["payment_id"]))


def _is_the_same(notice: PaymentNotice, known: Mapping[str, Any]) -> bool:
    """Whether a notification says of a chargeback what was said of it when it was opened."""
    wanted = (notice.payment["id"], notice.note.amount, notice.note.currency)
    return wanted == (known["payment_id"], known["amount"], known["currency"])


def _again(notice: PaymentNotice, known: Mapping[str, Any]) -> OrderChange:
    """What is told once more has no effect; a bank that decides otherwise afterwards is a matter for staff."""
    action = _ENDS.get(notice.note.type)
    ends = {status.code for row in CHARGEBACK.rows if row.action == action for status in CHARGEBACK.targets(row)}
    if action is None or known["status"] in ends:
        return notice.nothing("already_told")
    return _disbelieve(notice, f"It was decided before: {known['status']}.")


def _open(notice: PaymentNotice, disputed: Disputed) -> OrderChange:
    order, note, payment = notice.loaded.order, notice.note, notice.payment
    remaining = payment["captured"] - disputed.taken
    if note.currency != payment["captured_currency"] or not 1 <= note.amount <= remaining:
        return _disbelieve(notice, f"No more than {remaining} of it can be taken back.")
    change = _by_row(notice, "charge_back", note.amount)
    if change is not None:
        moved = sum(posting["amount"] for posting in change.rows.get("postings", []))
        _post(change, notice, ledger.LOSSES, _taken(notice), note.amount - moved)
        _begin(change, notice, from_escrow=moved)
        return notice.kept(change, "charged_back")
    change = notice.change("charge_back")
    _post(change, notice, ledger.LOSSES, _taken(notice), note.amount)
    recovered = 0  # what the house sold is its own loss
    if order.seller_id != HOUSE_ID:
        had = min(order.released, sellers_part(order)) if order.fee else order.released
        recovered = max(min(note.amount, had - disputed.from_seller), 0)
        _post(change, notice, ledger.receivable(order.seller_id), ledger.LOSSES, recovered)
    _begin(change, notice, from_seller=recovered)
    _open_case(change, notice, "The bank took back a payment that the order no longer holds.")
    return notice.kept(change, "charged_back_final" if order.final_at else "charged_back")


def _begin(change: OrderChange, notice: PaymentNotice, *, from_escrow: int = 0, from_seller: int = 0) -> None:
    begin_row(
        change,
        CHARGEBACK,
        _TABLE,
        "withdraw_funds",
        PROVIDER,
        id=new_id(),
        payment_id=notice.payment["id"],
        order_id=notice.loaded.order.id,
        provider=notice.provider,
        provider_id=notice.note.provider_id,
        amount=notice.note.amount,
        currency=notice.note.currency,
        from_escrow=from_escrow,
        from_seller=from_seller,
        opened_at=change.now,
    )


def _win(notice: PaymentNotice, known: Mapping[str, Any]) -> OrderChange:
    order, amount, own = notice.loaded.order, known["amount"], known["from_escrow"]
    change = _by_row(notice, "win_charge_back", own) if own else None
    runs_on = change is not None
    change = change or notice.change("win_charge_back")
    if own and not runs_on:
        _give_to_whom_it_is(change, notice, own)
    _post(change, notice, _taken(notice), ledger.LOSSES, amount - own)
    _post(change, notice, ledger.LOSSES, ledger.payable(order.seller_id), min(amount - own, known["from_seller"]))
    take_row(change, CHARGEBACK, _TABLE, known, "reinstate_funds", PROVIDER, settled_at=change.now)
    return notice.kept(change, "won")


def _lose(notice: PaymentNotice, known: Mapping[str, Any]) -> OrderChange:
    change = notice.change(ledger.LOSE)
    _post(change, notice, _taken(notice), ledger.provider(notice.provider), known["amount"])
    take_row(change, CHARGEBACK, _TABLE, known, "lose", PROVIDER, settled_at=change.now)
    return notice.kept(change, "lost")


def _give_to_whom_it_is(change: OrderChange, notice: PaymentNotice, amount: int) -> None:
    """The order ended without this money: it goes where the order's end would have sent it."""
    order, payment_id = notice.loaded.order, notice.payment["id"]
    earned = _earned(order, amount)
    divided = shares(order, earned)
    _post(change, notice, _taken(notice), ledger.earned_by(order.seller_id), divided.seller)
    _post(change, notice, _taken(notice), ledger.COMMISSION, divided.commission)
    _post(change, notice, _taken(notice), ledger.FEES, divided.fee)
    if earned < amount:
        _post(change, notice, _taken(notice), ledger.refund(payment_id), amount - earned)
        add_refund(change, new_id(), payment_id, amount - earned, notice.note.currency)


def _earned(order: OrderState, amount: int) -> int:
    """What of it is released: nothing unless the buyer has what was promised; never more than the order cost.

    Where a ruling divided the order, its fee went back to the buyer, and what is missing of that comes first.
    """
    if order.status not in KINDS[order.kind].table.fulfilled:
        return 0
    if order.fee and order.refunded:
        return amount - min(amount, order.fee)
    return min(amount, max(order.total - order.released, 0))  # what the bank had taken may have been paid again


def _disbelieve(notice: PaymentNotice, why: str) -> OrderChange:
    """What it says can't be: nothing moves, and staff look at it."""
    note, payment = notice.note, notice.payment
    captured = f"{payment['captured']} {payment['captured_currency']}"
    change = notice.change("charge_back")
    said = f"{note.type} {note.provider_id}: {note.amount} {note.currency} of a payment of {captured}."
    _open_case(change, notice, f"{said} {why} Nothing was done.")
    return notice.kept(change, "wrong_amount")


def _open_case(change: OrderChange, notice: PaymentNotice, reason: str) -> None:
    """A running order counts its own chargebacks, and this isn't one of them."""
    kind = CaseKind.CHARGEBACK if notice.loaded.order.final_at else CaseKind.UNAPPLIED_PAYMENT
    open_case(change, kind, reason, notice.payment["id"])


def _by_row(notice: PaymentNotice, action: str, amount: int) -> OrderChange | None:
    """The order's own row for it, or None where it has none: its kind knows none, it is final, or never held it."""
    note, loaded = notice.note, notice.loaded
    facts = PaymentFacts(notice.payment["id"], notice.payment["extra_id"], amount, note.currency)
    try:
        return advance.take(loaded.order, PROVIDER, action, loaded.now, command={}, payment=facts)
    except (TransitionError, GuardError, NotYoursError):
        return None


def _taken(notice: PaymentNotice) -> str:
    return ledger.chargeback(notice.payment["id"])


def _post(change: OrderChange, notice: PaymentNotice, source: str, target: str, amount: int) -> None:
    if amount > 0:
        change.post(source, target, amount, notice.payment["id"], notice.note.currency)
