"""What a credit note takes off an invoice: the whole of it, or a part spread over its tax rates."""

from collections.abc import Mapping, Sequence
from typing import Any

from orderhub.kit.money import BASIS_POINTS

Credited = dict[str, Any]
_KEPT = ("currency", "lines", "fees", "freight", "goods", "fees_total", "freight_total", "taxes", "tax_total", "total")


def credit_whole(invoice: Mapping[str, Any]) -> Credited:
    """Every line of the invoice."""
    return {**{name: invoice[name] for name in _KEPT}, **_NOTHING_ASKED}


def credit_part(invoice: Mapping[str, Any], amount: int, label: str) -> Credited:
    """``amount`` of the total, taxes in it: a line for each tax rate, named ``label``. The total is exact.

    Raises ValueError for an amount that isn't a part of the total.
    """
    if not 0 < amount <= invoice["total"]:
        raise ValueError(f"{amount} is no part of {invoice['total']}")
    taxes = [_without_tax(tax["basis_points"], part) for tax, part in _spread(invoice["taxes"], amount) if part]
    lines = [_line(label, place, tax) for place, tax in enumerate(taxes, 1)]
    goods, tax_total = sum(tax["base"] for tax in taxes), sum(tax["amount"] for tax in taxes)
    return {
        "currency": invoice["currency"],
        "lines": lines,
        "fees": [],
        "freight": None,
        "goods": goods,
        "fees_total": 0,
        "freight_total": 0,
        "taxes": taxes,
        "tax_total": tax_total,
        "total": goods + tax_total,
        **_NOTHING_ASKED,
    }


_NOTHING_ASKED: Credited = {"payment_instructions": [], "remarks": None}


def _spread(taxes: Sequence[Mapping[str, Any]], amount: int) -> list[tuple[Mapping[str, Any], int]]:
    """The amount over the rates in proportion to what each came to; the last ones take what rounding left."""
    gross = [tax["base"] + tax["amount"] for tax in taxes]
    parts: list[int] = []
    for place, of in enumerate(gross):
        parts.append((amount - sum(parts)) * of // (sum(gross[place:]) or 1))
    return list(zip(taxes, parts, strict=True))


def _without_tax(basis_points: int, gross: int) -> dict[str, int]:
    whole = BASIS_POINTS + basis_points
    base = (2 * gross * BASIS_POINTS + whole) // (2 * whole)  # to the nearest
    return {"basis_points": basis_points, "base": base, "amount": gross - base}


def _line(label: str, place: int, tax: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": f"credit-{place}",
        "shop": None,
        "name": label,
        "url": None,
        "note": None,
        "quantity": 1,
        "unit_price": tax["base"],
        "tax_basis_points": tax["basis_points"],
        "amount": tax["base"],
        "conversion_note": None,
    }
