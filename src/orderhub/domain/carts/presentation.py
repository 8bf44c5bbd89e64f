"""The public form of a cart and of a line: plain dictionaries, encoded once.

`api/schemas/carts.py` documents the same shapes, and a test holds the two together.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from orderhub.domain.carts.loading import CartState, LoadedCart
from orderhub.domain.carts.models import Cart, CartStatus
from orderhub.domain.carts.rules import Finding, Line, LineShop, findings_of, findings_of_cart, is_valid, twins_among
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label, Language

Document = dict[str, Any]

LABELS: Final = {
    CartStatus.OPEN.value: Label("En préparation", "Being prepared"),
    CartStatus.REQUESTED.value: Label("Proforma demandée", "Proforma asked for"),
}


def present(loaded: LoadedCart, language: Language) -> Document:
    """The whole cart."""
    return {
        **_head(loaded.cart, len(loaded.lines), language),
        **_verdict(loaded.lines),
        "lines": show_lines(loaded.lines, language),
        "findings": _show_findings(findings_of_cart(loaded.lines), language),
    }


def present_verdict(loaded: LoadedCart, language: Language) -> Document:
    """What is to be said of the cart and of each line, without the lines themselves."""
    doubles = twins_among(loaded.lines)
    lines = [
        {"id": show_id("lin", line.id), "name": line.name, **_checked(line, doubles.get(line.id), language)}
        for line in loaded.lines
    ]
    return {
        "cart_id": show_id("crt", loaded.cart.id),
        "version": loaded.cart.version,
        **_verdict(loaded.lines),
        "lines": lines,
        "findings": _show_findings(findings_of_cart(loaded.lines), language),
    }


def summarise(cart: Cart, language: Language) -> Document:
    """One row of a list of carts."""
    return _head(cart, cart.line_count, language)


def _head(cart: Cart | CartState, lines: int, language: Language) -> Document:
    return {
        "id": show_id("crt", cart.id),
        "status": cart.status,
        "label": LABELS[cart.status].within(language),
        "version": cart.version,
        "separate": cart.separate,
        "line_count": lines,
        "quote_id": show_id("quo", cart.quote_id) if cart.quote_id else None,
        "created_at": show_instant(cart.created_at),
        "updated_at": show_instant(cart.updated_at),
    }


def _verdict(lines: Iterable[Line]) -> Document:
    """Whether every line can be quoted, and whether one can, which is enough to ask for a quote."""
    each = [is_valid(line) for line in lines]
    return {"valid": bool(each) and all(each), "can_be_requested": any(each)}


def show_lines(lines: Sequence[Line], language: Language) -> list[Document]:
    """The lines in their order, each with what is to be said of it."""
    doubles = twins_among(lines)
    return [show_line(line, doubles.get(line.id), language) for line in lines]


def show_line(line: Line, twin: UUID | None, language: Language) -> Document:
    """One line; ``twin`` is the earlier line that says the same."""
    return {
        "id": show_id("lin", line.id),
        "shop": show_shop(line.shop) if line.shop else None,
        "name": line.name,
        "url": line.url,
        "quantity": line.quantity,
        "note": line.note,
        **_checked(line, twin, language),
        "created_at": show_instant(line.created_at),
    }


@lru_cache(maxsize=1024)
def show_shop(shop: LineShop) -> Document:
    """The shop of a line."""
    return {"id": show_id("shp", shop.id), "name": shop.name, "currency": shop.currency}


def _checked(line: Line, twin: UUID | None, language: Language) -> Document:
    if line.recognised and twin is None:
        return _FINE
    found = findings_of(line, twin)
    return {
        "valid": is_valid(line),
        "duplicate_of": show_id("lin", twin) if twin else None,
        "findings": _show_findings(found, language),
    }


_FINE: Final[Document] = {"valid": True, "duplicate_of": None, "findings": []}


def _show_findings(found: Iterable[Finding], language: Language) -> list[Document]:
    return [_show_finding(finding, language) for finding in found]


@lru_cache(maxsize=64)
def _show_finding(finding: Finding, language: Language) -> Document:
    return {"code": finding.code, "blocking": finding.blocking, "message": finding.text.within(language)}
