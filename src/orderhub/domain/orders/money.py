"""What a row does with the money that is held (docs/rules.md, Money). Effects that post; pure."""

from uuid import UUID

from orderhub.domain.escrow import ledger
from orderhub.domain.orders.draft import Draft
from orderhub.domain.process import Effect, Escrow
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.money import share


def hold(draft: Draft) -> None:
    """Take the capture from ``unapplied`` into escrow."""
    payment = draft.payment
    assert payment is not None  # noqa: S101 - only the provider's rows hold, and they bring one
    draft.post(
        ledger.unapplied(payment.payment_id), ledger.escrow(draft.order.id), payment.captured, payment.payment_id
    )
    draft.order.funds = [*draft.order.funds, {"payment_id": str(payment.payment_id), "held": payment.captured}]
    draft.said |= {"payment_id": show_id("pay", payment.payment_id), "amount": payment.captured}


def refund_all(draft: Draft) -> None:
    """Give each payment back what it still holds."""
    _refund(draft, draft.order.held)


def refund_part(draft: Draft) -> None:
    """Give back the amount asked for, the newest payment first."""
    _refund(draft, draft.command["amount"]["amount"])


def hold_and_refund_surplus(draft: Draft) -> None:
    """Take the capture into escrow, and give back what is more than the order costs."""
    hold(draft)
    refund_surplus(draft)


def refund_surplus(draft: Draft) -> None:
    """Give back what is held beyond the total, the newest payment first."""
    surplus = draft.order.held - draft.order.total
    if surplus > 0:
        _refund(draft, surplus)


def release(draft: Draft) -> None:
    """Everything held goes to the seller, less the commission frozen on the order."""
    order = draft.order
    amount = order.held
    commission = share(amount, order.commission_basis_points)
    escrow = ledger.escrow(order.id)
    draft.post(escrow, ledger.earned_by(order.seller_id), amount - commission)
    draft.post(escrow, ledger.COMMISSION, commission)
    order.funds = [{**fund, "held": 0} for fund in order.funds]
    order.released += amount
    draft.said |= {"released": amount, "commission": commission}


def split(draft: Draft) -> None:
    """Refund the part that was ruled, release the rest."""
    refund_part(draft)
    release(draft)


def charge_back(draft: Draft) -> None:
    """The payer's bank took the payment back: what it still holds leaves escrow."""
    payment = draft.payment
    assert payment is not None  # noqa: S101 - only the provider's notification brings this row
    wanted = str(payment.payment_id)
    held = next((fund["held"] for fund in draft.order.funds if fund["payment_id"] == wanted), 0)
    amount = min(held, payment.captured)
    draft.post(ledger.escrow(draft.order.id), ledger.chargeback(payment.payment_id), amount, payment.payment_id)
    _change_fund(draft, wanted, -amount)


def restore(draft: Draft) -> None:
    """A chargeback was won: what had left escrow comes back."""
    payment = draft.payment
    assert payment is not None  # noqa: S101 - only the provider's notification brings this row
    amount = payment.captured
    draft.post(ledger.chargeback(payment.payment_id), ledger.escrow(draft.order.id), amount, payment.payment_id)
    _change_fund(draft, str(payment.payment_id), amount)


def restore_and_refund_surplus(draft: Draft) -> None:
    """The same where the total is final: what the bank had taken may have been paid again."""
    restore(draft)
    refund_surplus(draft)


def _change_fund(draft: Draft, payment_id: str, amount: int) -> None:
    draft.order.funds = [
        {**fund, "held": fund["held"] + amount} if fund["payment_id"] == payment_id else fund
        for fund in draft.order.funds
    ]
    draft.said |= {"payment_id": show_id("pay", UUID(payment_id)), "amount": abs(amount)}


def _refund(draft: Draft, amount: int) -> None:
    funds: list[dict[str, object]] = []
    left = amount
    for fund in reversed(draft.order.funds):
        part = min(left, int(fund["held"]))
        left -= part
        if part:
            _refund_one(draft, UUID(fund["payment_id"]), part)
        funds.insert(0, {**fund, "held": int(fund["held"]) - part})
    draft.order.funds = funds
    draft.order.refunded += amount
    draft.said["refunded"] = amount


def _refund_one(draft: Draft, payment_id: UUID, amount: int) -> None:
    order = draft.order
    refund_id: UUID = draft.command.get("refund_id") or new_id()
    draft.post(ledger.escrow(order.id), ledger.refund(payment_id), amount, payment_id)
    add_refund(draft, refund_id, payment_id, amount)


def add_refund(draft: Draft, refund_id: UUID, payment_id: UUID, amount: int, currency: str | None = None) -> None:
    """Append a refund that the worker sends, with its history and the event that causes the job."""
    draft.add(
        "refunds",
        id=refund_id,
        payment_id=payment_id,
        order_id=draft.order.id,
        amount=amount,
        currency=currency or draft.order.currency,
        status="pending",
        created_at=draft.now,
    )
    draft.event("refund.pending", show_id("rfd", refund_id), 1, {"refund_id": show_id("rfd", refund_id)}, both=False)


EFFECTS: dict[Escrow, Effect] = {
    Escrow.HOLD: hold,
    Escrow.HOLD_SURPLUS: hold_and_refund_surplus,
    Escrow.REFUND_SURPLUS: refund_surplus,
    Escrow.REFUND: refund_all,
    Escrow.REFUND_PART: refund_part,
    Escrow.RELEASE: release,
    Escrow.SPLIT: split,
    Escrow.CHARGE_BACK: charge_back,
    Escrow.RESTORE: restore,
    Escrow.RESTORE_SURPLUS: restore_and_refund_surplus,
}
"""`Escrow.FREEZE` moves nothing: the money stays where it is."""
