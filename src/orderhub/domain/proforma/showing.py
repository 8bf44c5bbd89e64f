"""The public form of a stored content: its amounts with their currency beside them."""

from collections.abc import Mapping
from typing import Any, Final

Document = dict[str, Any]

_SUMS: Final = ("goods", "fees_total", "freight_total", "tax_total", "total", "deposit", "balance")


def show_content(content: Mapping[str, Any]) -> Document:
    """A proforma as the API shows it; ``content`` is as `pricing.priced` made it."""
    currency = content["currency"]
    freight = content["freight"]
    return {
        **content,
        "lines": [show_line(line, currency) for line in content["lines"]],
        "fees": [_with_money(fee, currency, "amount") for fee in content["fees"]],
        "freight": None if freight is None else _with_money(freight, currency, "amount", "rate_per_kg"),
        "taxes": [_with_money(tax, currency, "base", "amount") for tax in content["taxes"]],
        **{name: _money(content[name], currency) for name in _SUMS},
    }


def show_line(line: Mapping[str, Any], currency: str) -> Document:
    """A priced line as the API shows it."""
    return _with_money(line, currency, "unit_price", "amount")


def _with_money(part: Mapping[str, Any], currency: str, *names: str) -> Document:
    return {**part, **{name: None if part[name] is None else _money(part[name], currency) for name in names}}


def _money(amount: int, currency: str) -> Document:
    return {"amount": amount, "currency": currency}
