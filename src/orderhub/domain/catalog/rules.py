"""What a listing may become, and who sees it; how its questions must be. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from orderhub.domain.catalog.errors import (
    ListingClosedError,
    ListingMoveError,
    ListingReservedError,
    ListingSoldError,
    ListingStaleError,
)
from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.domain.contact_details.masking import find
from orderhub.domain.policies.bounds import FIXED
from orderhub.kit.errors import InvalidError, invalid_field
from orderhub.kit.text import Label
from orderhub.kit.versions import Versions

DRAFT, ACTIVE, RESERVED, SOLD, PAUSED, CLOSED = ListingState

MOVES: Final[Mapping[ListingState, frozenset[ListingState]]] = {
    DRAFT: frozenset({ACTIVE, CLOSED}),
    ACTIVE: frozenset({PAUSED, CLOSED}),
    RESERVED: frozenset(),
    SOLD: frozenset({CLOSED}),
    PAUSED: frozenset({ACTIVE, CLOSED}),
    CLOSED: frozenset(),
}
"""From each state, where its seller may take it; orders alone reserve and sell. Asking for the state that it has
changes nothing."""

ON_SHOW: Final = frozenset({ACTIVE.value, RESERVED.value, SOLD.value})
"""Anybody may look at these; searches find the active ones."""

MAX_OPTIONS: Final = FIXED["listing_options"].most
MAX_PHOTOS = 10
MAX_QUESTIONS = 20
MAX_DAYS = 365


def check_move(current: str, wanted: ListingState) -> None:
    """Raises ListingMoveError when `MOVES` does not list it."""
    possible = MOVES[ListingState(current)]
    if wanted != current and wanted not in possible:
        states = sorted(state.value for state in possible)
        raise ListingMoveError(
            Label(
                f"De {current}, une annonce peut passer à : {', '.join(states) or 'rien'}.",
                f"From {current} a listing can go to: {', '.join(states) or 'nothing'}.",
            ),
            state=current,
            possible_states=states,
        )


def check_open(listing: Listing) -> None:
    """Raises ListingClosedError, ListingSoldError or ListingReservedError for a listing that can't be edited."""
    if listing.state == CLOSED:
        raise ListingClosedError(
            Label(
                "Une annonce close ne change plus. Créez-en une autre.",
                "A closed listing can't be changed. Create a new one.",
            )
        )
    if listing.state == SOLD:
        raise ListingSoldError(
            Label(
                "L’article est vendu : son annonce ne peut plus qu’être close.",
                "The item is sold: its listing can only be closed.",
            )
        )
    check_free(listing)


def check_free(listing: Listing) -> None:
    """Raises ListingReservedError while an order holds the item."""
    if listing.state == RESERVED and listing.reserved_until is not None:
        raise ListingReservedError(listing.reserved_until)


def check_version(listing: Listing, expected: Versions | None) -> None:
    """Raises ListingStaleError when the caller read another version than the current one."""
    if expected is not None and listing.version not in expected:
        raise ListingStaleError(
            Label(
                "Relisez l’annonce, puis refaites la modification avec son nouvel ETag.",
                "Read the listing again, then repeat the change with its new ETag.",
            )
        )


def check_questions(questions: Sequence[Mapping[str, Any]]) -> None:
    """Raises InvalidError when two questions share an id, or a choice has nothing to choose from."""
    seen: set[str] = set()
    for place, question in enumerate(questions):
        if question["id"] in seen:
            raise invalid_field(
                f"/questions/{place}/id",
                "question_twice",
                Label("Donnez à chaque question un id à elle.", "Give each question an id of its own."),
            )
        seen.add(question["id"])
        _check_choices(place, question)


def _check_choices(place: int, question: Mapping[str, Any]) -> None:
    choices: list[str] = question["choices"]
    if question["kind"] != "choice" and choices:
        raise _bad_choices(
            place,
            Label(
                "Seule une question du genre « choice » a des choix.", "Only a question of kind 'choice' has choices."
            ),
        )
    if question["kind"] == "choice" and len(set(choices)) < max(2, len(choices)):
        raise _bad_choices(
            place, Label("Donnez au moins deux choix, tous différents.", "Give at least two choices, all different.")
        )
    # A buyer answers with the choice itself, so that it can't be masked.
    if any(find(choice) for choice in choices):
        raise _bad_choices(
            place,
            Label(
                "Un choix n’a ni coordonnées, ni lien de paiement, ni nom de messagerie.",
                "A choice has no contact details, links to pay or names at messengers.",
            ),
        )


def _bad_choices(place: int, detail: Label) -> InvalidError:
    return invalid_field(f"/questions/{place}/choices", "bad_choices", detail)
