"""What a service costs with the chosen options, and how long it takes. Pure: the preview and the placing share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from orderhub.domain.catalog.errors import (
    ListingIncompleteError,
    OptionTwiceError,
    OptionUnknownError,
    currency_mismatch,
)
from orderhub.kit.errors import FieldError, InvalidError
from orderhub.kit.money import Money
from orderhub.kit.text import Label

MINIMUM_DAYS = 1
"""However many express options are chosen, the seller has a day."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is bought: the listing itself, or an option of it."""

    id: UUID
    title: str
    price: int
    """Minor units of the total's currency."""
    days: int
    """Days of work it adds; below zero for an option that saves some."""


@dataclass(frozen=True, slots=True)
class PriceList:
    """What an active listing offers at this moment: itself, and each option that can be chosen."""

    currency: str
    listing: Line
    options: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Priced:
    """The listing first, then the options in the order they were chosen."""

    lines: tuple[Line, ...]
    total: Money
    days: int


def price_order(offered: PriceList, chosen: Sequence[UUID], *, currency: str | None = None) -> Priced:
    """Price a listing with some of its options.

    ``currency`` is the one that the buyer expects to pay in, when they say so. Raises
    OptionUnknownError, OptionTwiceError, CurrencyMismatchError, and ListingIncompleteError for what would cost nothing.
    """
    if currency is not None and currency != offered.currency:
        raise currency_mismatch("/currency", offered.currency)
    lines = (offered.listing, *choose(offered.options, chosen))
    total = Money(sum(line.price for line in lines), offered.currency)
    if not total.amount:
        raise ListingIncompleteError(
            Label(
                "Cette annonce n’a pas de prix. Demandez à son vendeur d’en donner un.",
                "This listing has no price. Ask its seller to give it one.",
            )
        )
    return Priced(lines, total, max(MINIMUM_DAYS, sum(line.days for line in lines)))


def choose(options: Sequence[Line], chosen: Sequence[UUID]) -> tuple[Line, ...]:
    """The chosen options in the order chosen. Raises OptionUnknownError and OptionTwiceError."""
    by_id = {option.id: option for option in options}
    for place, option_id in enumerate(chosen):
        if option_id not in by_id:
            raise _refuse(
                OptionUnknownError,
                place,
                Label(
                    "Choisissez parmi les options que l’annonce propose maintenant.",
                    "Choose among the options that the listing offers now.",
                ),
            )
        if option_id in chosen[:place]:
            raise _refuse(
                OptionTwiceError, place, Label("Choisissez chaque option une seule fois.", "Choose each option once.")
            )
    return tuple(by_id[option_id] for option_id in chosen)


def _refuse(kind: type[InvalidError], place: int, detail: Label) -> InvalidError:
    return kind(detail, errors=(FieldError(f"/options/{place}", kind.code, detail),))
