"""Refusals of the catalog."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from orderhub.kit.clock import show_instant
from orderhub.kit.errors import ConflictError, FieldError, ForbiddenError, InvalidError, NotFoundError, StaleError
from orderhub.kit.text import Label


class ListingNotFoundError(NotFoundError):
    """No such listing, or it is not on show for the caller."""

    code = "listing_not_found"
    title = Label("Annonce introuvable", "Listing not found")


class OptionNotFoundError(NotFoundError):
    """No such option on this listing, or it was removed."""

    code = "option_not_found"
    title = Label("Option introuvable", "Option not found")


class ListingMoveError(ConflictError):
    """The listing can't go from its state to the one asked for; the extras name what it can."""

    code = "listing_move_refused"
    title = Label("Changement d’état impossible", "This change of state is not possible")


class ListingClosedError(ConflictError):
    """A closed listing is kept for its orders and never edited again."""

    code = "listing_closed"
    title = Label("Annonce fermée", "The listing is closed")


class ListingReservedError(ConflictError):
    """An order holds the item until it is paid, or until ``reserved_until``."""

    code = "listing_reserved"
    title = Label("Article réservé", "The item is reserved")

    def __init__(self, until: datetime) -> None:
        super().__init__(
            Label(
                "Quelqu’un est en train d’acheter cet article. Réessayez après la fin de la réservation.",
                "Somebody is buying this item. Try again once it is no longer reserved.",
            ),
            reserved_until=show_instant(until),
        )


class ListingSoldError(ConflictError):
    """The item is sold: what was bought stays as it was described."""

    code = "listing_sold"
    title = Label("Article vendu", "The item is sold")


class ListingInactiveError(ConflictError):
    """What is no longer on offer can't become a favourite."""

    code = "listing_inactive"
    title = Label("Annonce terminée", "No longer on offer")


class OwnFavouriteError(ForbiddenError):
    """One's own listing is no favourite of one's own: its count is of other people."""

    code = "own_favourite"
    title = Label("C’est votre propre annonce", "It is your own listing")


class NoOptionsError(ConflictError):
    """Only services have options."""

    code = "no_options"
    title = Label("Pas d’options pour un article", "Items have no options")


class ListingIncompleteError(ConflictError):
    """An active listing must lack nothing; ``errors`` names each missing part."""

    code = "listing_incomplete"
    title = Label("Annonce incomplète", "The listing is incomplete")


class ListingStaleError(StaleError):
    """Somebody changed the listing since the caller read it."""

    code = "listing_stale"
    title = Label("Annonce modifiée entre-temps", "The listing has changed meanwhile")


class PriceChangedError(ConflictError):
    """The price is another than the one that the buyer looked at."""

    code = "price_changed"
    title = Label("Le prix a changé", "The price has changed")

    def __init__(self, price: int, currency: str) -> None:
        super().__init__(
            Label(
                "Le prix n’est pas celui que vous attendiez : relisez-le, et envoyez le nouveau.",
                "The price is another than you expected: look at it again, and send the new one.",
            ),
            price={"amount": price, "currency": currency},
        )


def require_price(expected: Mapping[str, Any] | None, price: int, currency: str) -> None:
    """Raises PriceChangedError where a buyer expected another price; None expects nothing."""
    if expected is not None and (expected["amount"], expected["currency"]) != (price, currency):
        raise PriceChangedError(price, currency)


class CurrencyMismatchError(InvalidError):
    """One listing, one currency: an option in another is refused."""

    code = "currency_mismatch"
    title = Label("Devise différente", "Another currency")


class OptionUnknownError(InvalidError):
    """An option was chosen that the listing does not offer."""

    code = "option_unknown"
    title = Label("Option inconnue", "Unknown option")


class OptionTwiceError(InvalidError):
    """The same option was chosen twice."""

    code = "option_twice"
    title = Label("Option choisie deux fois", "Option chosen twice")


def currency_mismatch(pointer: str, expected: str) -> CurrencyMismatchError:
    """The refusal of an amount in another currency than the listing's."""
    detail = Label(
        f"Donnez le montant en {expected}, la devise de l’annonce.",
        f"Give the amount in {expected}, the currency of the listing.",
    )
    return CurrencyMismatchError(detail, errors=(FieldError(pointer, "currency_mismatch", detail),), currency=expected)
