"""What a row does with the money that is held (docs/rules.md, Money). Effects that post; pure."""

from dataclasses import dataclass
from uuid import UUID

from orderhub.domain.escrow import ledger
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.payment_rows import open_refund
from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import Effect, Escrow
from orderhub.domain.transitions.said import says
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.money import share


@dataclass(frozen=True, slots=True)
class Shares:
    """How an amount that is released divides, in minor units."""

    seller: int
    commission: int
    fee: int


def sellers_part(order: OrderState) -> int:
    """What of the total is the seller's, commission included."""
    return order.total - order.fee


def shares(order: OrderState, amount: int) -> Shares:
    """How so much more of an order divides: first the seller's price and shipping, then the hub's fee.

    The commission is on the price alone.
    """
    earned = amount
    if order.fee:
        earned = min(amount, max(sellers_part(order) - order.released, 0))
    price = sellers_part(order) - order.shipping
    before = order.released if order.shipping else 0
    commissioned = min(before + earned, price) - min(before, price) if order.shipping else earned
    commission = share(commissioned, order.commission_basis_points)
    return Shares(earned - commission, commission, amount - earned)


def net(total: int, fee: int, shipping: int, basis_points: int) -> int:
    """What the seller has in the end of an order of this total, which these parts are of."""
    return total - fee - share(total - fee - shipping, basis_points)


def fee_held(order: OrderState) -> int:
    """What is held beyond the seller's part: a division gives it back."""
    return max(order.held - sellers_part(order), 0) if order.fee else 0


@says("payment_id", "amount")
def hold(change: OrderChange) -> None:
    """Take the capture from ``unapplied`` into escrow."""
    payment = change.payment
    assert payment is not None  # noqa: S101 - only the provider's rows hold, and they bring one
    change.post(
        ledger.unapplied(payment.payment_id), ledger.escrow(change.order.id), payment.captured, payment.payment_id
    )
    change.order.funds = [*change.order.funds, {"payment_id": str(payment.payment_id), "held": payment.captured}]
    change.data |= {"payment_id": show_id("pay", payment.payment_id), "amount": payment.captured}


@says("refunded")
def refund_all(change: OrderChange) -> None:
    """Give each payment back what it still holds."""
    _refund(change, change.order.held)


@says("refunded")
def refund_part(change: OrderChange) -> None:
    """Give back the amount asked for, the newest payment first."""
    _refund(change, change.command["amount"]["amount"])


@says("payment_id", "amount", perhaps=["refunded"])
def hold_and_refund_surplus(change: OrderChange) -> None:
    """Take the capture into escrow, and give back what is more than the order costs."""
    hold(change)
    refund_surplus(change)


@says(perhaps=["refunded"])
def refund_surplus(change: OrderChange) -> None:
    """Give back what is held beyond the total, the newest payment first."""
    surplus = change.order.held - change.order.total
    if surplus > 0:
        _refund(change, surplus)


@says("released", "commission", perhaps=["fee"])
def release(change: OrderChange) -> None:
    """Everything held goes to the seller, less the commission frozen on the order; the hub has its fee."""
    order = change.order
    _release(change, shares(order, order.held))


@says("refunded", "released", "commission", perhaps=["fee"])
def split(change: OrderChange) -> None:
    """Refund the part that was ruled, and the fee with it; release the rest."""
    _refund(change, change.command["amount"]["amount"] + fee_held(change.order))
    release(change)


@says("refunded", "released", "commission", perhaps=["fee"])
def release_shipping(change: OrderChange) -> None:
    """The seller keeps what sending cost, without a commission; the buyer has all the rest back."""
    shipping = min(change.order.shipping, change.order.held)
    _refund(change, change.order.held - shipping)
    _release(change, Shares(shipping, 0, 0))


def _release(change: OrderChange, divided: Shares) -> None:
    order = change.order
    escrow = ledger.escrow(order.id)
    change.post(escrow, ledger.earned_by(order.seller_id), divided.seller)
    change.post(escrow, ledger.COMMISSION, divided.commission)
    change.post(escrow, ledger.FEES, divided.fee)
    order.funds = [{**fund, "held": 0} for fund in order.funds]
    earned = divided.seller + divided.commission
    order.released += earned + divided.fee
    change.data |= {"released": earned, "commission": divided.commission}
    if divided.fee:
        change.data["fee"] = divided.fee


@says("payment_id", "amount")
def charge_back(change: OrderChange) -> None:
    """The payer's bank took the payment back: what it still holds leaves escrow."""
    payment = change.payment
    assert payment is not None  # noqa: S101 - only the provider's notification brings this row
    wanted = str(payment.payment_id)
    held = next((fund["held"] for fund in change.order.funds if fund["payment_id"] == wanted), 0)
    amount = min(held, payment.captured)
    change.post(ledger.escrow(change.order.id), ledger.chargeback(payment.payment_id), amount, payment.payment_id)
    _change_fund(change, wanted, -amount)


@says("payment_id", "amount")
def restore(change: OrderChange) -> None:
    """A chargeback was won: what had left escrow comes back."""
    payment = change.payment
    assert payment is not None  # noqa: S101 - only the provider's notification brings this row
    amount = payment.captured
    change.post(ledger.chargeback(payment.payment_id), ledger.escrow(change.order.id), amount, payment.payment_id)
    _change_fund(change, str(payment.payment_id), amount)


@says("payment_id", "amount", perhaps=["refunded"])
def restore_and_refund_surplus(change: OrderChange) -> None:
    """The same where the total is final: what the bank had taken may have been paid again."""
    restore(change)
    refund_surplus(change)


def _change_fund(change: OrderChange, payment_id: str, amount: int) -> None:
    change.order.funds = [
        {**fund, "held": fund["held"] + amount} if fund["payment_id"] == payment_id else fund
        for fund in change.order.funds
    ]
    change.data |= {"payment_id": show_id("pay", UUID(payment_id)), "amount": abs(amount)}


def _refund(change: OrderChange, amount: int) -> None:
    funds: list[dict[str, object]] = []
    remaining = amount
    for fund in reversed(change.order.funds):
        part = min(remaining, int(fund["held"]))
        remaining -= part
        if part:
            _refund_one(change, UUID(fund["payment_id"]), part)
        refunds = int(fund.get("refunds", 0)) + bool(part)
        funds.insert(0, {**fund, "held": int(fund["held"]) - part, "refunds": refunds})
    change.order.funds = funds
    change.order.refunded += amount
    change.data["refunded"] = amount


def _refund_one(change: OrderChange, payment_id: UUID, amount: int) -> None:
    order = change.order
    refund_id: UUID = change.command.get("refund_id") or new_id()
    change.post(ledger.escrow(order.id), ledger.refund(payment_id), amount, payment_id)
    add_refund(change, refund_id, payment_id, amount)


def add_refund(
    change: OrderChange, refund_id: UUID, payment_id: UUID, amount: int, currency: str | None = None
) -> None:
    """Append a refund that the worker sends, with its history and the event that causes the job."""
    open_refund(
        change,
        id=refund_id,
        payment_id=payment_id,
        order_id=change.order.id,
        amount=amount,
        currency=currency or change.order.currency,
        created_at=change.now,
    )
    change.event("refund.pending", show_id("rfd", refund_id), 1, {"refund_id": show_id("rfd", refund_id)}, both=False)


EFFECTS: dict[Escrow, Effect] = {
    Escrow.HOLD: hold,
    Escrow.HOLD_SURPLUS: hold_and_refund_surplus,
    Escrow.REFUND_SURPLUS: refund_surplus,
    Escrow.REFUND: refund_all,
    Escrow.REFUND_PART: refund_part,
    Escrow.RELEASE: release,
    Escrow.SPLIT: split,
    Escrow.RELEASE_SHIPPING: release_shipping,
    Escrow.CHARGE_BACK: charge_back,
    Escrow.RESTORE: restore,
    Escrow.RESTORE_SURPLUS: restore_and_refund_surplus,
}
"""`Escrow.FREEZE` moves nothing: the money stays where it is."""
