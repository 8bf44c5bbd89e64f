"""What listings of each kind have, and what each needs before anybody can buy it. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

from orderhub.domain.catalog.categories import OF_KIND
from orderhub.domain.catalog.errors import ListingIncompleteError
from orderhub.domain.catalog.models import Listing, ListingKind
from orderhub.domain.contact_details.masking import find
from orderhub.kit.errors import FieldError, InvalidError, invalid_field
from orderhub.kit.text import Label

OWN_PARTS: Final[Mapping[ListingKind, frozenset[str]]] = {
    ListingKind.SERVICE: frozenset({"days", "revisions", "questions", "accepts_inquiries"}),
    ListingKind.ITEM: frozenset(
        {"condition", "size", "brand", "colour", "parcel_size", "takes_offers", "accept_from", "decline_under"}
    ),
}
"""What only listings of one kind have."""

NEEDED: Final[Mapping[ListingKind, tuple[str, ...]]] = {
    ListingKind.SERVICE: ("description", "category", "price", "days"),
    ListingKind.ITEM: ("description", "category", "price", "condition", "parcel_size", "photo_ids"),
}
"""What a draft may lack and nothing that is on sale does."""

WORDS: Final = ("size", "brand", "colour")
"""What sellers call in their own words, and buyers filter by."""


def check_parts(kind: ListingKind, names: Iterable[str]) -> None:
    """Raises InvalidError for each part that only listings of another kind have."""
    foreign = frozenset[str]().union(*(parts for other, parts in OWN_PARTS.items() if other is not kind))
    refused = sorted(foreign.intersection(names))
    if refused:
        raise InvalidError(
            errors=tuple(FieldError(f"/{name}", "not_of_kind", _foreign(kind, name)) for name in refused)
        )


def _foreign(kind: ListingKind, name: str) -> Label:
    if kind is ListingKind.ITEM:
        return Label(f"Un article n’a pas de champ {name} : ôtez-le.", f"An item has no {name}: leave it out.")
    return Label(f"Un service n’a pas de champ {name} : ôtez-le.", f"A service has no {name}: leave it out.")


def check_category(listing: Listing) -> None:
    """Raises InvalidError for a category of another kind of listing."""
    if listing.category is not None and listing.category not in OF_KIND[ListingKind(listing.kind)]:
        raise invalid_field(
            "/category",
            "category_of_other_kind",
            Label(
                "Cette catégorie est d’une autre sorte d’annonces : voyez le champ kind de GET /v1/categories.",
                "This category is of another kind of listing: see the kind in GET /v1/categories.",
            ),
        )


def check_words(changes: Mapping[str, object]) -> None:
    """Raises InvalidError for contact details where people filter: what is masked can't be searched for."""
    for name in WORDS:
        value = changes.get(name)
        if isinstance(value, str) and find(value):
            raise invalid_field(
                f"/{name}",
                "contact_details",
                Label(
                    "Pas de coordonnées, de lien de paiement ni de nom de messagerie ici.",
                    "No contact details, links to pay or names at messengers here.",
                ),
            )


def check_floors(listing: Listing) -> None:
    """Raises InvalidError unless ``decline_under`` ≤ ``accept_from`` ≤ the price."""
    below = listing.price
    for name in ("accept_from", "decline_under"):
        floor: int | None = getattr(listing, name)
        if floor is not None and (below is None or floor > below):
            raise invalid_field(
                f"/{name}",
                "floor_too_high",
                Label(
                    "Donnez decline_under ≤ accept_from ≤ le prix de l’annonce.",
                    "Give decline_under ≤ accept_from ≤ the price of the listing.",
                ),
            )
        below = below if floor is None else floor


def check_complete(listing: Listing) -> None:
    """Raises ListingIncompleteError, naming each part that a listing on sale lacks."""
    missing = [name for name in NEEDED[ListingKind(listing.kind)] if not getattr(listing, name)]
    if missing:
        raise ListingIncompleteError(
            Label(
                f"Avant que l’annonce puisse être active, donnez ses champs {', '.join(missing)}.",
                f"Before the listing can be active, give its {', '.join(missing)}.",
            ),
            errors=tuple(
                FieldError(f"/{name}", "missing", Label(f"Donnez le champ {name}.", f"Give the {name}."))
                for name in missing
            ),
        )
