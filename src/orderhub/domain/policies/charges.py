"""What buying an item costs besides its price: shipping by parcel and zone, and the fee of the buyer's protection.

Each change is a new version of the policy; an order keeps what it was placed with. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from orderhub.kit.errors import FieldError, pointer_step
from orderhub.kit.money import is_currency, share
from orderhub.kit.text import Label

PARCELS: Final = ("small", "medium", "large")
"""Sizes of parcels, the smallest first."""
ZONES: Final = ("domestic", "near", "far")
"""Where a parcel goes: within a country, between two that are near each other, anywhere else."""
MAX_RATE: Final = 100_000_000
"""The most that sending a parcel, or the fixed part of a fee, may cost, in minor units."""
MAX_SHARE: Final = 2_500
"""A quarter of the price, in basis points."""
MOST_CURRENCIES: Final = 30
MOST_COUNTRIES: Final = 100
MOST_GROUPS: Final = 20

Rates = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Minor units by currency, size of the parcel and zone; a zone that isn't there is not shipped to."""


@dataclass(frozen=True, slots=True)
class Shipping:
    """What sending a parcel costs."""

    near: tuple[tuple[str, ...], ...] = ()
    """Groups of countries that are near each other, by their ISO 3166 codes."""
    rates: Rates = field(default_factory=dict[str, Any])

    def near_to(self, country: str) -> tuple[str, ...]:
        """The countries near this one."""
        found = {code for group in self.near if country in group for code in group}
        return tuple(sorted(found - {country}))


@dataclass(frozen=True, slots=True)
class Protection:
    """What the buyer's protection costs: a fixed part by currency, and a share of the price."""

    basis_points: int = 0
    fixed: Mapping[str, int] = field(default_factory=dict[str, int])

    def fee(self, price: int, currency: str) -> int:
        """The fee on items of this price, rounded half-even once."""
        return self.fixed.get(currency, 0) + share(price, self.basis_points)


def read_shipping(said: Mapping[str, Any]) -> Shipping:
    """As `write_shipping` writes it."""
    return Shipping(tuple(tuple(group) for group in said.get("near", ())), said.get("rates", {}))


def write_shipping(shipping: Shipping) -> dict[str, Any]:
    """The JSON document of it."""
    return {
        "near": [list(group) for group in shipping.near],
        "rates": {code: dict(sizes) for code, sizes in shipping.rates.items()},
    }


def read_protection(said: Mapping[str, Any]) -> Protection:
    """As `write_protection` writes it."""
    return Protection(said.get("basis_points", 0), said.get("fixed", {}))


def write_protection(protection: Protection) -> dict[str, Any]:
    """The JSON document of it."""
    return {"basis_points": protection.basis_points, "fixed": dict(protection.fixed)}


def shipping_faults(shipping: Shipping) -> tuple[FieldError, ...]:
    """What is wrong with proposed rates, each with its place."""
    return tuple(
        fault
        for currency, sizes in shipping.rates.items()
        for fault in _of_currency(f"/rates{pointer_step(currency)}", currency, sizes)
    )


def _of_currency(pointer: str, currency: str, sizes: Mapping[str, Mapping[str, int]]) -> Iterator[FieldError]:
    if not is_currency(currency):
        yield _unknown_currency(pointer)
    yield from _unknown(pointer, sizes, PARCELS)
    for size in PARCELS:
        rates = sizes.get(size, {})
        yield from _unknown(f"{pointer}/{size}", rates, ZONES)
        if "domestic" not in rates:
            detail = Label(
                "Donnez un prix dans le pays pour chaque taille de colis.",
                "Give a domestic price for each size of parcel.",
            )
            yield FieldError(f"{pointer}/{size}/domestic", "missing", detail)
        prices = [rates[zone] for zone in ZONES if zone in rates]
        if prices != sorted(prices):
            detail = Label("Plus loin, un envoi ne coûte pas moins.", "Farther away, sending costs no less.")
            yield FieldError(f"{pointer}/{size}", "not_rising", detail)


def _unknown(pointer: str, said: Iterable[str], known: Sequence[str]) -> Iterator[FieldError]:
    for name in said:
        if name not in known:
            detail = Label(f"Noms connus : {', '.join(known)}.", f"Known names: {', '.join(known)}.")
            yield FieldError(pointer + pointer_step(name), "unknown_name", detail)


def protection_faults(protection: Protection) -> tuple[FieldError, ...]:
    """What is wrong with a proposed fee, each with its place."""
    return tuple(
        _unknown_currency(f"/fixed{pointer_step(currency)}")
        for currency in protection.fixed
        if not is_currency(currency)
    )


def _unknown_currency(pointer: str) -> FieldError:
    detail = Label("ISO 4217 ne connaît pas cette monnaie.", "ISO 4217 lists no such money.")
    return FieldError(pointer, "unknown_currency", detail)
