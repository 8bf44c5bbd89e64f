"""Chargebacks: accepted in any status (docs/rules.md, Money), and each once, by the id that the provider gave it.

What a chargeback takes is in ``chargeback:<payment>`` until the bank has decided. It comes from the
order's escrow as far as that still holds the payment, which disputes the order; ``hub:losses`` pays
the rest. Of a final order ``receivable:<account>`` recovers what was released to the seller, unless the house sold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Text, Uuid, and_, bindparam, or_, select

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.cases.models import CaseKind
from orderhub.domain.escrow import ledger
from orderhub.domain.orders import advance, engine
from orderhub.domain.orders.draft import Draft
from orderhub.domain.orders.effects import open_case
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.money import add_refund
from orderhub.domain.orders.settlement.notice import Told, record, write_payment
from orderhub.domain.orders.state import OrderState, PaymentFacts
from orderhub.domain.payments.models import Chargeback, PaymentNotification
from orderhub.domain.payments.ports import NotificationType
from orderhub.domain.payments.process import CHARGEBACK, lost, withdrawn
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import GuardError, NotYoursError, TransitionError
from orderhub.domain.transitions.rows import begin_row, take_row
from orderhub.infra.database import HotTransaction, Statement
from orderhub.kit.errors import ConflictError
from orderhub.kit.ids import new_id
from orderhub.kit.money import share

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
_KNOWN: Final = Statement(
    select(PaymentNotification.outcome).where(
        PaymentNotification.provider == bindparam("provider", type_=Text()),
        PaymentNotification.id == bindparam("note_id", type_=Text()),
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the order's chargebacks when a notification speaks of one."""

    known: Mapping[str, Any] | None
    """The one that it names."""
    taken: int
    """Of its payment: by the bank, decided or not, and not given back."""
    from_seller: int
    """What the seller owes because of all that took from this order."""


async def apply(transaction: HotTransaction, told: Told) -> str:
    """Apply one notification about a chargeback; the answer says what came of it.

    Raises ConflictError for one that overtook what it follows from: it should come again.
    """
    standing = await _standing(transaction, told)
    opens = told.note.type is NotificationType.CHARGEBACK_OPENED
    if standing.known is not None and not _is_the_same(told, standing.known):
        return await _disbelieve(transaction, told, "Another one with its id was told of before.")
    if standing.known is None and not (opens and told.payment["captured"]):
        if await transaction.row(_KNOWN, {"provider": told.provider, "note_id": told.note.id}):
            return "repeated"
        raise ConflictError("What this chargeback follows from has not been told yet. Send it again.", retry_after=1)
    if standing.known is None:
        return await _open(transaction, told, standing)
    if opens or standing.known["status"] != withdrawn.code:
        return await _again(transaction, told, standing.known)
    if told.note.type is NotificationType.CHARGEBACK_WON:
        return await _win(transaction, told, standing.known)
    return await _lose(transaction, told, standing.known)


async def _standing(transaction: HotTransaction, told: Told) -> Standing:
    order_id, provider_id = told.loaded.order.id, told.note.provider_id
    wanted = {"order_id": order_id, "provider": told.provider, "provider_id": provider_id}
    rows = await transaction.rows(_OF_ORDER, wanted)
    named = (row for row in rows if (row["provider"], row["provider_id"]) == (told.provider, provider_id))
    gone = [row for row in rows if row["order_id"] == order_id and row["status"] in (withdrawn.code, lost.code)]
    return Standing(
        next(named, None),
        _sum(gone, "amount", told.payment["id"]),
        _sum(gone, "from_seller"),
    )


def _sum(rows: Sequence[Mapping[str, Any]], name: str, payment_id: Any = None) -> int:
    return sum(row[name] for row in rows if payment_id in (None, row["payment_id"]))


def _is_the_same(told: Told, known: Mapping[str, Any]) -> bool:
    """Whether a notification says of a chargeback what was said of it when it was opened."""
    wanted = (told.payment["id"], told.note.amount, told.note.currency)
    return wanted == (known["payment_id"], known["amount"], known["currency"])


async def _again(transaction: HotTransaction, told: Told, known: Mapping[str, Any]) -> str:
    """What is told once more has no effect; a bank that decides otherwise afterwards is a matter for staff."""
    action = _ENDS.get(told.note.type)
    ends = {status.code for row in CHARGEBACK.rows if row.action == action for status in CHARGEBACK.targets(row)}
    if action is None or known["status"] in ends:
        return await record(transaction, told, "already_told")
    return await _disbelieve(transaction, told, f"It was decided before: {known['status']}.")


async def _open(transaction: HotTransaction, told: Told, standing: Standing) -> str:
    order, note, payment = told.loaded.order, told.note, told.payment
    left = payment["captured"] - standing.taken
    if note.currency != payment["captured_currency"] or not 1 <= note.amount <= left:
        return await _disbelieve(transaction, told, f"No more than {left} of it can be taken back.")
    draft = _by_row(told, "charge_back", note.amount)
    if draft is not None:
        moved = sum(posting["amount"] for posting in draft.rows.get("postings", []))
        _post(draft, told, ledger.LOSSES, _taken(told), note.amount - moved)
        _begin(draft, told, from_escrow=moved)
        return await _write_order(transaction, told, draft, "charged_back")
    draft = told.draft("charge_back")
    _post(draft, told, ledger.LOSSES, _taken(told), note.amount)
    recovered = 0  # what the house sold is its own loss
    if order.seller_id != HOUSE_ID:
        recovered = max(min(note.amount, order.released - standing.from_seller), 0)
        _post(draft, told, ledger.receivable(order.seller_id), ledger.LOSSES, recovered)
    _begin(draft, told, from_seller=recovered)
    _open_case(draft, told, "The bank took back a payment that the order no longer holds.")
    return await write_payment(transaction, told, draft, "charged_back_final" if order.final_at else "charged_back")


def _begin(draft: Draft, told: Told, *, from_escrow: int = 0, from_seller: int = 0) -> None:
    begin_row(
        draft,
        CHARGEBACK,
        _TABLE,
        "withdraw_funds",
        PROVIDER,
        id=new_id(),
        payment_id=told.payment["id"],
        order_id=told.loaded.order.id,
        provider=told.provider,
        provider_id=told.note.provider_id,
        amount=told.note.amount,
        currency=told.note.currency,
        from_escrow=from_escrow,
        from_seller=from_seller,
        opened_at=draft.now,
    )


async def _win(transaction: HotTransaction, told: Told, known: Mapping[str, Any]) -> str:
    order, amount, own = told.loaded.order, known["amount"], known["from_escrow"]
    draft = _by_row(told, "win_charge_back", own) if own else None
    runs_on = draft is not None
    draft = draft or told.draft("win_charge_back")
    if own and not runs_on:
        _give_to_whom_it_is(draft, told, own)
    _post(draft, told, _taken(told), ledger.LOSSES, amount - own)
    _post(draft, told, ledger.LOSSES, ledger.payable(order.seller_id), min(amount - own, known["from_seller"]))
    take_row(draft, CHARGEBACK, _TABLE, known, "reinstate_funds", PROVIDER, settled_at=draft.now)
    if runs_on:
        return await _write_order(transaction, told, draft, "won")
    return await write_payment(transaction, told, draft, "won")


async def _lose(transaction: HotTransaction, told: Told, known: Mapping[str, Any]) -> str:
    draft = told.draft("lose_charge_back")
    _post(draft, told, _taken(told), ledger.provider(told.provider), known["amount"])
    take_row(draft, CHARGEBACK, _TABLE, known, "lose", PROVIDER, settled_at=draft.now)
    return await write_payment(transaction, told, draft, "lost")


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


async def _disbelieve(transaction: HotTransaction, told: Told, why: str) -> str:
    """What it says can't be: nothing moves, and staff look at it."""
    note, payment = told.note, told.payment
    captured = f"{payment['captured']} {payment['captured_currency']}"
    draft = told.draft("charge_back")
    said = f"{note.type} {note.provider_id}: {note.amount} {note.currency} of a payment of {captured}."
    _open_case(draft, told, f"{said} {why} Nothing was done.")
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
