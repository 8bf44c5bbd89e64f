"""Chargebacks: accepted in any status (product.md, Money).

While the order holds the payment, it is disputed and the money moves to ``chargeback:<payment>``.
Once the order is final, ``hub:losses`` pays and the seller owes it (``receivable:<account>``).
"""

from typing import Final

from orderhub.domain.cases.models import CaseKind
from orderhub.domain.escrow import ledger
from orderhub.domain.orders import advance, engine
from orderhub.domain.orders.draft import Draft
from orderhub.domain.orders.effects import open_case
from orderhub.domain.orders.state import PaymentFacts
from orderhub.domain.orders.told import Told, write_payment
from orderhub.domain.payments.ports import NotificationType
from orderhub.domain.process import Actor, By
from orderhub.domain.refusals import GuardError, TransitionError
from orderhub.infra.database import HotTransaction

PROVIDER: Final = Actor(frozenset({By.PROVIDER}))
TYPES: Final = frozenset(
    {NotificationType.CHARGEBACK_OPENED, NotificationType.CHARGEBACK_WON, NotificationType.CHARGEBACK_LOST}
)


async def apply(transaction: HotTransaction, told: Told) -> str:
    """Apply one notification about a chargeback; the answer says what came of it."""
    if told.note.type is NotificationType.CHARGEBACK_OPENED:
        return await _opened(transaction, told)
    if told.note.type is NotificationType.CHARGEBACK_WON:
        return await _won(transaction, told)
    draft = told.draft("lose_charge_back")
    _post(draft, told, ledger.chargeback(told.payment["id"]), ledger.provider(told.provider))
    return await write_payment(transaction, told, draft, "lost")


async def _opened(transaction: HotTransaction, told: Told) -> str:
    draft = _by_row(told, "charge_back")
    if draft is not None:
        return await _write_order(transaction, told, draft, "charged_back")
    draft = told.draft("charge_back")
    seller = told.loaded.order.seller_id
    _post(draft, told, ledger.LOSSES, ledger.chargeback(told.payment["id"]))
    _post(draft, told, ledger.receivable(seller), ledger.LOSSES)
    open_case(draft, CaseKind.CHARGEBACK, "The bank took back a payment of a final order.", told.payment["id"])
    return await write_payment(transaction, told, draft, "charged_back_final")


async def _won(transaction: HotTransaction, told: Told) -> str:
    draft = _by_row(told, "win_charge_back")
    if draft is not None:
        return await _write_order(transaction, told, draft, "won")
    draft = told.draft("win_charge_back")
    _post(draft, told, ledger.chargeback(told.payment["id"]), ledger.LOSSES)
    _post(draft, told, ledger.LOSSES, ledger.receivable(told.loaded.order.seller_id))
    return await write_payment(transaction, told, draft, "won")


def _by_row(told: Told, action: str) -> Draft | None:
    """The order's own row for it, or None where the order is final or no longer holds the payment."""
    note, loaded = told.note, told.loaded
    facts = PaymentFacts(told.payment["id"], told.payment["extra_id"], note.amount, note.currency)
    try:
        return advance.advance(loaded.order, PROVIDER, action, loaded.now, command={}, payment=facts)
    except (TransitionError, GuardError):
        return None


async def _write_order(transaction: HotTransaction, told: Told, draft: Draft, outcome: str) -> str:
    draft.rows["payment_notifications"] = [told.row(outcome)]
    await engine.write_draft(transaction, told.loaded, draft)
    return outcome


def _post(draft: Draft, told: Told, source: str, target: str) -> None:
    draft.post(source, target, told.note.amount, told.payment["id"], told.note.currency)
