"""What staff say when they price a quote or make a final invoice; `pricing` computes the rest.

Amounts are whole minor units of one currency, before tax. Tax rates are basis points: 2000 is 20 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One article: what was asked for, and what it costs."""

    id: str
    """``lin_…``, the same from the cart to the final invoice."""
    shop: Mapping[str, Any] | None
    """``{"id": "shp_…", "name": …}`` of a partner shop."""
    name: str
    url: str | None
    note: str | None
    """Size, colour …, in the buyer's words."""
    quantity: int
    unit_price: int
    tax_basis_points: int = 0
    conversion_note: str | None = None
    """How a price in the shop's currency became this one."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What the house asks for its work, or for customs and insurance."""

    label: str
    amount: int
    tax_basis_points: int = 0


@dataclass(frozen=True, slots=True)
class FlatFreight:
    """Freight at one price."""

    amount: int
    tax_basis_points: int = 0


@dataclass(frozen=True, slots=True)
class FreightByWeight:
    """Freight by the kilogram, to the gram."""

    weight_grams: int
    rate_per_kg: int
    tax_basis_points: int = 0


Freight = FlatFreight | FreightByWeight


@dataclass(frozen=True, slots=True)
class PaymentInstruction:
    """How to pay by hand: a bank account or a mobile money number, as it is printed."""

    method: str
    label: str
    details: str


@dataclass(frozen=True, slots=True)
class ProformaDraft:
    """A whole proforma before it is computed."""

    currency: str
    lines: tuple[DraftLine, ...]
    fees: tuple[Fee, ...]
    freight: Freight | None
    deposit_percent: int
    """1 to 100, of the total with taxes."""
    valid_for: timedelta
    purchase_by: date
    arrive_by: date
    """Promised; the buyer may cancel or dispute once they have passed."""
    payment_instructions: tuple[PaymentInstruction, ...] = ()
    remarks: str | None = None
