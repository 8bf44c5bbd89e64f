"""What is to be said of a cart's lines: which can't be quoted, which only deserve a second look. Pure.

A finding that blocks makes its line invalid; the others are notices. The cart is kept as it is either way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from orderhub.domain.policies.bounds import FIXED
from orderhub.kit.text import Label

MAX_LINES: Final = FIXED["cart_lines"].most
"""Lines of one cart."""
MAX_QUANTITY: Final = 1000
"""Pieces of one line."""


@dataclass(frozen=True, slots=True)
class LineShop:
    """The partner shop of a line, as the directory has it now."""

    id: UUID
    name: str
    currency: str
    active: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line with what the directory says of its page now."""

    id: UUID
    name: str
    url: str | None
    quantity: int
    note: str | None
    created_at: datetime
    recognised: bool
    """The page is on the site of an active partner shop, which then is `shop`."""
    shop: LineShop | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say of a line or of a cart."""

    code: str
    blocking: bool
    text: Label


SHOP_MISSING: Final = Finding(
    "shop_missing",
    blocking=True,
    text=Label(
        "Indiquez la boutique partenaire ou l’adresse de la page de l’article.",
        "Give the partner shop, or the address of the item's page.",
    ),
)
SHOP_UNKNOWN: Final = Finding(
    "shop_unknown",
    blocking=True,
    text=Label(
        "Cette adresse n’est celle d’aucune boutique partenaire.",
        "This address is not on the site of any partner shop.",
    ),
)
SHOP_INACTIVE: Final = Finding(
    "shop_inactive",
    blocking=True,
    text=Label(
        "Cette boutique n’est plus partenaire pour le moment.", "This shop is not among the partner shops at present."
    ),
)
URL_MISSING: Final = Finding(
    "url_missing",
    blocking=False,
    text=Label(
        "Sans l’adresse de la page, nous chercherons l’article d’après son nom et votre note.",
        "Without the address of its page, we look the item up by its name and your note.",
    ),
)
DUPLICATE: Final = Finding(
    "duplicate",
    blocking=False,
    text=Label(
        "Cet article est déjà dans le panier : une seule ligne et sa quantité suffisent.",
        "This item is in the cart already: one line and its quantity are enough.",
    ),
)
CART_EMPTY: Final = Finding("cart_empty", blocking=True, text=Label("Le panier est vide.", "The cart is empty."))
MIXED_CURRENCIES: Final = Finding(
    "mixed_currencies",
    blocking=False,
    text=Label(
        "Les boutiques de ce panier vendent en plusieurs devises : la proforma les convertit en une seule.",
        "The shops of this cart sell in several currencies: the proforma converts them to one.",
    ),
)
FINDINGS: Final = (SHOP_MISSING, SHOP_UNKNOWN, SHOP_INACTIVE, URL_MISSING, DUPLICATE, CART_EMPTY, MIXED_CURRENCIES)


def findings_of(line: Line, twin: UUID | None) -> list[Finding]:
    """What is to be said of a line; ``twin`` is the earlier line that says the same."""
    found: list[Finding] = []
    if not line.recognised:
        blocked = _unrecognised(line)
        found.append(blocked or URL_MISSING)
    if twin is not None:
        found.append(DUPLICATE)
    return found


def _unrecognised(line: Line) -> Finding | None:
    """Why a line whose page says nothing can't be quoted; None when its shop was given and suffices."""
    if line.shop is not None and not line.shop.active:
        return SHOP_INACTIVE
    if line.url is not None:
        return SHOP_UNKNOWN
    return SHOP_MISSING if line.shop is None else None


def is_valid(line: Line) -> bool:
    """Whether nothing about the line keeps it from being quoted."""
    return line.recognised or _unrecognised(line) is None


class LineKey(NamedTuple):
    """What tells one line from another."""

    id: UUID
    url: str | None
    name: str
    note: str | None
    shop_id: UUID | None


def key_of(line: Line) -> LineKey:
    """What a line says."""
    return LineKey(line.id, line.url, line.name, line.note, line.shop.id if line.shop else None)


def twins(lines: Iterable[LineKey]) -> Mapping[UUID, UUID]:
    """The lines that say the same as an earlier one, and which: same page and note, or same shop, name and note."""
    first: dict[tuple[Any, ...], tuple[int, UUID]] = {}
    found: dict[UUID, UUID] = {}
    for place, line in enumerate(lines):
        page = None if line.url is None else (line.url, line.note)
        named = None if line.shop_id is None else (line.shop_id, line.name, line.note)
        ways = [first.setdefault(way, (place, line.id)) for way in (page, named) if way is not None]
        earliest = min(ways, default=(place, line.id))
        if earliest[0] < place:
            found[line.id] = earliest[1]
    return found


def twins_among(lines: Sequence[Line]) -> Mapping[UUID, UUID]:
    """The same for whole lines. Most carts have none, which is seen at once."""
    pages, names = {(line.url, line.note) for line in lines}, {(line.name, line.note) for line in lines}
    return {} if len(pages) == len(names) == len(lines) else twins(map(key_of, lines))


def findings_of_cart(lines: Sequence[Line]) -> list[Finding]:
    """What is to be said of the cart as a whole."""
    if not lines:
        return [CART_EMPTY]
    currencies = {line.shop.currency for line in lines if line.shop is not None and is_valid(line)}
    return [MIXED_CURRENCIES] if len(currencies) > 1 else []
