"""From what staff say to a content with every amount and total, as it is stored, printed and paid.

A content is plain JSON: money is whole minor units of ``content["currency"]``; unit prices are before tax.
Taxes are summed by rate and rounded half-even once for each; the deposit is a share of the total with taxes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

from orderhub.domain.proforma.draft import DraftLine, Fee, FlatFreight, Freight, ProformaDraft
from orderhub.domain.proforma.rules import check_amounts, check_draft
from orderhub.kit.money import share
from orderhub.kit.text import show_duration

Content = dict[str, Any]

_PERCENT: Final = 100
"""Basis points in one percent."""
_GRAMS: Final = 1000


def priced(draft: ProformaDraft) -> Content:
    """The content of a draft. Raises ProformaAmountError and ProformaDatesError."""
    check_draft(draft)
    lines = [priced_line(line) for line in draft.lines]
    fees = priced_fees(draft.fees)
    freight = priced_freight(draft.freight)
    content = {
        "currency": draft.currency,
        "lines": lines,
        "fees": fees,
        "freight": freight,
        **totals(lines, fees, freight, draft.deposit_percent),
        "valid_for": show_duration(draft.valid_for),
        "purchase_by": draft.purchase_by.isoformat(),
        "arrive_by": draft.arrive_by.isoformat(),
        "payment_instructions": [asdict(instruction) for instruction in draft.payment_instructions],
        "remarks": draft.remarks,
    }
    check_amounts(content)
    return content


def priced_line(line: DraftLine) -> Content:
    """One line with its amount."""
    return changed_line(asdict(line))


def changed_line(line: Mapping[str, Any], **changes: Any) -> Content:
    """A stored line with other fields, such as ``quantity`` or ``unit_price``, and the amount that follows."""
    changed = {**line, **changes}
    return {**changed, "amount": changed["quantity"] * changed["unit_price"]}


def priced_fees(fees: Sequence[Fee]) -> list[Content]:
    """Fees as they are stored."""
    return [asdict(fee) for fee in fees]


def priced_freight(freight: Freight | None) -> Content | None:
    """Freight as it is stored; by weight, rounded half-even once. None where nothing is asked for it."""
    if freight is None:
        return None
    if isinstance(freight, FlatFreight):
        return {"basis": "flat", "weight_grams": None, "rate_per_kg": None, **asdict(freight)}
    return {"basis": "weight", "amount": by_weight(freight.weight_grams, freight.rate_per_kg), **asdict(freight)}


def by_weight(grams: int, rate_per_kg: int) -> int:
    """What so many grams cost at a rate by the kilogram."""
    return int((Decimal(grams) * rate_per_kg / _GRAMS).to_integral_value(rounding=ROUND_HALF_EVEN))


def totals(
    lines: Sequence[Mapping[str, Any]],
    fees: Sequence[Mapping[str, Any]],
    freight: Mapping[str, Any] | None,
    deposit_percent: int,
) -> Content:
    """Every sum of stored lines, fees and freight. A deposit of something is never nothing: at least one minor unit."""
    charged = [*lines, *fees, *([freight] if freight else [])]
    taxes = taxes_by_rate(charged)
    tax_total = sum(tax["amount"] for tax in taxes)
    total = sum(item["amount"] for item in charged) + tax_total
    deposit = max(share(total, deposit_percent * _PERCENT), min(total, 1))
    return {
        "goods": sum(line["amount"] for line in lines),
        "fees_total": sum(fee["amount"] for fee in fees),
        "freight_total": freight["amount"] if freight else 0,
        "taxes": taxes,
        "tax_total": tax_total,
        "total": total,
        "deposit_percent": deposit_percent,
        "deposit": deposit,
        "balance": total - deposit,
    }


def taxes_by_rate(charged: Sequence[Mapping[str, Any]]) -> list[Content]:
    """One entry for each rate, the lowest first, a rate of nothing too: its base is part of an invoice."""
    bases: dict[int, int] = {}
    for item in charged:
        rate = item["tax_basis_points"]
        bases[rate] = bases.get(rate, 0) + item["amount"]
    return [{"basis_points": rate, "base": base, "amount": share(base, rate)} for rate, base in sorted(bases.items())]
