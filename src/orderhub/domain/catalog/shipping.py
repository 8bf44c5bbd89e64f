"""What items cost with what is added to them: shipping in one parcel, and the buyer's protection. Pure.

The preview of a listing and the placing of an order share it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from orderhub.domain.policies.charges import PARCELS, Protection, Shipping
from orderhub.kit.errors import ConflictError
from orderhub.kit.text import Label

_VOLUMES: Final[Mapping[str, int]] = {"small": 1, "medium": 2, "large": 4}
"""How much of a parcel an item of this size takes."""
_ROOM: Final[Mapping[str, int]] = {"small": 2, "medium": 4}
"""How much a parcel of this size takes; the largest takes whatever it is."""


class NotShippedError(ConflictError):
    """No price of shipping is set for this parcel, in this currency, to this country."""

    code = "not_shipped_there"
    title = Label("Pas d’envoi à cette adresse", "Not shipped to this address")

    def __init__(self, currency: str, country: str) -> None:
        super().__init__(
            Label(
                f"Aucun envoi en {currency} n’a de prix vers {country}. Donnez une adresse d’un autre pays.",
                f"No parcel in {currency} has a price to {country}. Give an address in another country.",
            ),
            currency=currency,
            country=country,
        )


@dataclass(frozen=True, slots=True)
class Charged:
    """Items with what is added to them, in minor units of one currency."""

    price: int
    shipping: int
    fee: int
    rates: Mapping[str, int]
    """By zone: what this parcel costs to send there."""

    @property
    def total(self) -> int:
        """What the buyer pays."""
        return self.price + self.shipping + self.fee


def zone_of(origin: str, destination: str, near: Collection[str]) -> str:
    """Where a parcel goes, seen from where it comes; ``near`` are the countries near that."""
    if origin == destination:
        return "domestic"
    return "near" if destination in near else "far"


def parcel_of(sizes: Sequence[str]) -> str:
    """The one parcel that items of these sizes are sent in.

    No smaller than the largest of them, and with room for all: two small ones stay small, a third makes it medium.
    """
    volume = sum(_VOLUMES[size] for size in sizes)
    roomy = next((size for size, room in _ROOM.items() if volume <= room), PARCELS[-1])
    return max((*sizes, roomy), key=PARCELS.index)


def charge(  # noqa: PLR0913 - two policies, and what is sent from where to where
    shipping: Shipping,
    protection: Protection,
    *,
    currency: str,
    price: int,
    sizes: Sequence[str],
    origin: str,
    destination: str,
) -> Charged:
    """What items of this price cost in all, sent in one parcel. Raises NotShippedError."""
    rates = shipping.rates.get(currency, {}).get(parcel_of(sizes), {})
    rate = rates.get(zone_of(origin, destination, shipping.near_to(origin)))
    if rate is None:
        raise NotShippedError(currency, destination)
    return Charged(price, rate, protection.fee(price, currency), rates)
