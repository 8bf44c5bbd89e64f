"""The facts of a sourced order, on its own locked row: ``sourcing`` and the lines. Pure.

``sourcing`` holds ``quote_id``, ``quote_version``, ``number``, ``valid_until``, ``deposit``, ``deposit_percent``,
``fees``, ``freight``, ``payment_instructions``, ``address``, ``purchase_by``, ``arrive_by``, ``time_zone``, ``change``,
``proof``, ``invoice``, ``pick_up_code``, ``pick_up``, ``carrier``, ``tracking_number``, ``staff`` and
``rulings_by_others``. Amounts are minor units of the order's currency, instants are RFC 3339.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.state import OrderState
from orderhub.domain.proforma.errors import bad_amount
from orderhub.domain.proforma.pricing import totals
from orderhub.kit.money import MAX_AMOUNT

DEPOSIT: Final = ("awaiting_deposit", "deposit_review")
BALANCE: Final = ("awaiting_balance", "balance_review")
REVIEWS: Final = ("deposit_review", "balance_review")
Line = Mapping[str, Any]


def sourcing_of(order: OrderState) -> dict[str, Any]:
    """The facts of a sourced order."""
    assert order.sourcing is not None  # noqa: S101 - every sourced order is placed with them
    return order.sourcing


def amend(change: OrderChange, /, **facts: Any) -> None:
    """Replace some of the facts: the document is never changed in place."""
    change.order.sourcing = {**sourcing_of(change.order), **facts}


def due(order: OrderState) -> int:
    """What the buyer still has to pay now: of the deposit, or of the balance; nothing in other statuses."""
    if order.status in DEPOSIT:
        return max(sourcing_of(order)["deposit"] - order.held, 0)
    return max(order.total - order.held, 0) if order.status in BALANCE else 0


def instant(order: OrderState, name: str) -> datetime:
    """An instant among the facts, such as ``purchase_by``."""
    return datetime.fromisoformat(sourcing_of(order)[name])


def promised_later(order: OrderState, name: str, days: int) -> str:
    """The end of a promised day, so many days later, at the midnight of the operator's time zone."""
    promised = instant(order, name).astimezone(ZoneInfo(sourcing_of(order).get("time_zone", "UTC")))
    return (promised + timedelta(days=days)).isoformat()


def promised_arrival(order: OrderState) -> date:
    """The day whose end is the order's due date, where the operator is."""
    assert order.due_at is not None  # noqa: S101 - set when the deposit was confirmed
    zone = ZoneInfo(sourcing_of(order).get("time_zone", "UTC"))
    return (order.due_at.astimezone(zone) - timedelta(microseconds=1)).date()


def lines_left(order: OrderState) -> Sequence[dict[str, Any]]:
    """The lines that stay when the line of the pending change is dropped."""
    change = sourcing_of(order)["change"]
    return [line for line in order.lines if change is None or line["id"] != change["line_id"]]


def worth_keeping(order: OrderState) -> bool:
    """Whether the order costs anything without the line of the pending change; else it ends with that line."""
    left, facts = lines_left(order), sourcing_of(order)
    return bool(left) and sums(replace(order, lines=list(left)), facts["fees"], facts["freight"])["total"] > 0


def recount(change: OrderChange) -> None:
    """The total follows from lines, fees and freight. The deposit stays as it was agreed on."""
    facts = sourcing_of(change.order)
    change.order.total = sums(change.order, facts["fees"], facts["freight"])["total"]
    check_total(change.order.total)


def check_total(total: int) -> None:
    """Refuse a total that can't be asked for. Raises ProformaAmountError."""
    if total < 1:
        raise bad_amount("/lines", "Nothing would be left to pay for: cancel the order, and its buyer is refunded.")
    if total > MAX_AMOUNT:
        raise bad_amount("/lines", f"The total would be {total}; {MAX_AMOUNT} minor units is the most.")


def charged(order: OrderState, command: Mapping[str, Any]) -> tuple[Sequence[Line], Line | None]:
    """Fees and freight of a final invoice: as they are sent, else as they were accepted."""
    facts = sourcing_of(order)
    return command.get("fees", facts["fees"]), command.get("freight", facts["freight"])


def sums(order: OrderState, fees: Sequence[Line], freight: Line | None) -> dict[str, Any]:
    """Goods, fees, freight, taxes and total of the order's lines with these fees and this freight."""
    return totals(order.lines, fees, freight, sourcing_of(order)["deposit_percent"])
