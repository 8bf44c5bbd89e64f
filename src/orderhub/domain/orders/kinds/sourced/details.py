"""The details of a sourced order, on its own locked row: what was agreed on, and what waits for whom. Pure.

Amounts are minor units of the order's currency.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.state import OrderState
from orderhub.domain.proforma.errors import bad_amount
from orderhub.domain.proforma.pricing import totals
from orderhub.kit.money import MAX_AMOUNT
from orderhub.kit.text import Label

DEPOSIT: Final = ("awaiting_deposit", "deposit_review")
BALANCE: Final = ("awaiting_balance", "balance_review")
REVIEWS: Final = ("deposit_review", "balance_review")
Line = Mapping[str, Any]


class LineChange(Struct, frozen=True):
    """A proposed change of one line, which the buyer answers."""

    id: UUID
    at: datetime
    line_id: str
    proposed: dict[str, Any]
    """Some of ``unit_price``, ``quantity``, ``name``, ``url`` and ``note``."""
    reason: str


class PendingProof(Struct, frozen=True, kw_only=True):
    """The proof under review, and the payment that it belongs to."""

    id: UUID
    payment_id: UUID
    payment_version: int
    file_id: UUID
    sha256: str
    at: datetime
    via: str
    amount: int | None = None
    method: str | None = None
    reference: str | None = None


class Invoiced(Struct, frozen=True, omit_defaults=True):
    """The final invoice; ``balance`` is what was left to pay when it was issued."""

    total: int
    balance: int
    id: str = ""
    number: str = ""


class PickUp(Struct, frozen=True):
    """How the goods are fetched."""

    instructions: str
    appointment: datetime | None = None


class SourcedDetails(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What only a sourced order has. It is replaced, never changed in place; so are the documents in it."""

    quote_id: str
    quote_version: int
    number: str
    """The proforma's."""
    valid_until: datetime
    deposit: int
    deposit_percent: int
    fees: tuple[dict[str, Any], ...]
    freight: dict[str, Any] | None = None
    payment_instructions: tuple[dict[str, Any], ...] = ()
    remarks: str | None = None
    address: dict[str, Any]
    """Empty once its buyer is forgotten."""
    purchase_by: datetime
    """The end of the promised day, in ``time_zone``; likewise ``arrive_by``."""
    arrive_by: datetime
    time_zone: str = "UTC"
    change: LineChange | None = None
    proof: PendingProof | None = None
    invoice: Invoiced | None = None
    pick_up_code: str | None = None
    pick_up: PickUp | None = None
    carrier: str | None = None
    tracking_number: str | None = None
    staff: tuple[UUID, ...] = ()
    """Whoever of the staff has acted on the order or on its quote."""
    rulings_by_others: bool = False


def details_of(order: OrderState) -> SourcedDetails:
    """The details of a sourced order."""
    details = order.details
    assert isinstance(details, SourcedDetails)  # noqa: S101 - those of the order's kind
    return details


def amend(change: OrderChange, /, **changes: Any) -> None:
    """Replace some of the details."""
    change.order.details = structs.replace(details_of(change.order), **changes)


def due(order: OrderState) -> int:
    """What the buyer still has to pay now: of the deposit, or of the balance; nothing in other statuses."""
    if order.status in DEPOSIT:
        return max(details_of(order).deposit - order.held, 0)
    return max(order.total - order.held, 0) if order.status in BALANCE else 0


def later(promised: datetime, time_zone: str, days: int) -> datetime:
    """The end of a promised day, so many days later, at the midnight of that time zone."""
    return promised.astimezone(ZoneInfo(time_zone)) + timedelta(days=days)


def promised_arrival(order: OrderState) -> date:
    """The day whose end is the order's due date, where the operator is."""
    assert order.due_at is not None  # noqa: S101 - set when the deposit was confirmed
    zone = ZoneInfo(details_of(order).time_zone)
    return (order.due_at.astimezone(zone) - timedelta(microseconds=1)).date()


def lines_left(order: OrderState) -> Sequence[dict[str, Any]]:
    """The lines that stay when the line of the pending change is dropped."""
    change = details_of(order).change
    return [line for line in order.lines if change is None or line["id"] != change.line_id]


def worth_keeping(order: OrderState) -> bool:
    """Whether the order costs anything without the line of the pending change; else it ends with that line."""
    left, details = lines_left(order), details_of(order)
    return bool(left) and sums(replace(order, lines=list(left)), details.fees, details.freight)["total"] > 0


def recount(change: OrderChange) -> None:
    """The total follows from lines, fees and freight. The deposit stays as it was agreed on."""
    details = details_of(change.order)
    change.order.total = sums(change.order, details.fees, details.freight)["total"]
    check_total(change.order.total)


def check_total(total: int) -> None:
    """Refuse a total that can't be asked for. Raises ProformaAmountError."""
    if total < 1:
        raise bad_amount(
            "/lines",
            Label(
                "Il ne resterait rien à payer : annulez la commande, et son acheteur est remboursé.",
                "Nothing would be left to pay for: cancel the order, and its buyer is refunded.",
            ),
        )
    if total > MAX_AMOUNT:
        raise bad_amount(
            "/lines",
            Label(
                f"Le total serait de {total} ; {MAX_AMOUNT} unités mineures sont le maximum.",
                f"The total would be {total}; {MAX_AMOUNT} minor units is the most.",
            ),
        )


def charged(order: OrderState, command: Mapping[str, Any]) -> tuple[Sequence[Line], Line | None]:
    """Fees and freight of a final invoice: as they are sent, else as they were accepted."""
    details = details_of(order)
    return command.get("fees", details.fees), command.get("freight", details.freight)


def sums(order: OrderState, fees: Sequence[Line], freight: Line | None) -> dict[str, Any]:
    """Goods, fees, freight, taxes and total of the order's lines with these fees and this freight."""
    return totals(order.lines, fees, freight, details_of(order).deposit_percent)
