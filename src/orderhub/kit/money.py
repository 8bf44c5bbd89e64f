"""Money: whole minor units with an ISO 4217 code.

The exponent is the currency's own: EUR has two decimals, XOF and XAF none, TND three.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from iso4217 import Currency

BASIS_POINTS = 10_000
MAX_AMOUNT = 1_000_000_000_000
"""The largest amount accepted at the edge, in minor units: far below int64, far above any order."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units and its currency."""

    amount: int
    currency: str

    def shown(self) -> dict[str, int | str]:
        """The public form: ``{"amount": 12500, "currency": "EUR"}``."""
        return {"amount": self.amount, "currency": self.currency}


@cache
def exponent(currency: str) -> int:
    """Decimals of a currency. Raises ValueError for a code that ISO 4217 does not list."""
    found = Currency(currency.lower() if currency.islower() else currency).exponent
    return found or 0


def is_currency(code: str) -> bool:
    """Whether ISO 4217 lists this code."""
    try:
        exponent(code)
    except ValueError:
        return False
    return True


def major(amount: int, currency: str) -> Decimal:
    """Minor units as a decimal in the currency's main unit: 12500 EUR is ``Decimal("125.00")``."""
    return Decimal(amount).scaleb(-exponent(currency))


def share(amount: int, basis_points: int) -> int:
    """A share of an amount in basis points, rounded half-even once (docs/rules.md, Money)."""
    exact = Decimal(amount) * basis_points / BASIS_POINTS
    return int(exact.to_integral_value(rounding=ROUND_HALF_EVEN))
