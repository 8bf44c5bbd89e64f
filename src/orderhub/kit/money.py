"""Money: whole minor units with an ISO 4217 code.

The exponent is the currency's own: EUR has two decimals, XOF and XAF none, TND three.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from iso4217 import Currency

BASIS_POINTS = 10_000
MAX_AMOUNT = 1_000_000_000_000
"""The largest amount accepted at the edge, in minor units: far below int64, far above any order."""

MOST_SHOWN = 2**53 - 1
"""The largest sum that is shown, above or below zero: what JavaScript holds exactly."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units and its currency."""

    amount: int
    currency: str

    def shown(self) -> dict[str, int | str]:
        """The public form: ``{"amount": 12500, "currency": "EUR"}``."""
        return {"amount": self.amount, "currency": self.currency}


_EXPONENTS: Final = {found.code: found.exponent for found in Currency if found.exponent is not None}
CURRENCIES: Final = tuple(sorted(_EXPONENTS))
"""The codes of money that ISO 4217 lists; gold, baskets and tests are none."""


def exponent(currency: str) -> int:
    """Decimals of a currency; none of a code that isn't listed, so that its amounts are shown as they are."""
    return _EXPONENTS.get(currency, 0)


def is_currency(code: str) -> bool:
    """Whether ISO 4217 lists this code as money."""
    return code in _EXPONENTS


def is_possible(amount: int, currency: str) -> bool:
    """Whether anybody can have paid this: the edge's own bounds, for what comes in past it."""
    return 0 <= amount <= MAX_AMOUNT and is_currency(currency)


def major(amount: int, currency: str) -> Decimal:
    """Minor units as a decimal in the currency's main unit: 12500 EUR is ``Decimal("125.00")``."""
    return Decimal(amount).scaleb(-exponent(currency))


def share(amount: int, basis_points: int) -> int:
    """A share of an amount in basis points, rounded half-even once (docs/rules.md, Money)."""
    exact = Decimal(amount) * basis_points / BASIS_POINTS
    return int(exact.to_integral_value(rounding=ROUND_HALF_EVEN))
