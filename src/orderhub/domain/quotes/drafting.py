"""Drafts of a quote: what staff say of it, completed with what its buyer asked for, priced and kept.

A draft may be saved again and again while the quote is in preparation; issuing it makes it a version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from orderhub.domain.proforma.draft import DraftLine, Fee, Freight, PaymentInstruction, ProformaDraft
from orderhub.domain.proforma.rules import check_promise
from orderhub.domain.quotes.errors import LineUnknownError
from orderhub.kit.errors import FieldError, invalid_field
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label

MAX_LINES: Final = 100
Stored = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line as staff price it; what is None is as the buyer asked for it."""

    id: str | None
    """``lin_…`` of a line of the quote; None adds one, such as a substitute."""
    unit_price: int
    tax_basis_points: int
    conversion_note: str | None
    name: str | None = None
    url: str | None = None
    note: str | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class WrittenDraft:
    """A whole draft as staff say it. A line of the quote that it leaves out is not offered."""

    currency: str
    lines: tuple[WrittenLine, ...]
    fees: tuple[Fee, ...]
    freight: Freight | None
    deposit_percent: int
    valid_for: timedelta | None
    """None is as long as the policy said when the quote was asked for."""
    purchase_by: date
    arrive_by: date
    payment_instructions: tuple[PaymentInstruction, ...]
    remarks: str | None


def completed(
    said: WrittenDraft, known: Iterable[Stored], shops: Mapping[str, Stored], validity: timedelta, today: date
) -> ProformaDraft:
    """The draft to price.

    ``known`` are the lines that may be named: requested, drafted or issued before; ``shops`` are the
    partner shops of pages that staff give, by the page. Raises LineUnknownError,
    ProformaDatesError for a purchase promised before the validity that begins ``today`` ends, and InvalidError.
    """
    valid_for = validity if said.valid_for is None else said.valid_for
    check_promise(said.purchase_by, today + valid_for)
    return ProformaDraft(
        currency=said.currency,
        lines=_lines(said.lines, {line["id"]: line for line in known}, shops),
        fees=said.fees,
        freight=said.freight,
        deposit_percent=said.deposit_percent,
        valid_for=valid_for,
        purchase_by=said.purchase_by,
        arrive_by=said.arrive_by,
        payment_instructions=said.payment_instructions,
        remarks=said.remarks,
    )


def _lines(
    said: tuple[WrittenLine, ...], known: Mapping[str, Stored], shops: Mapping[str, Stored]
) -> tuple[DraftLine, ...]:
    named = [line.id for line in said]
    for place, line in enumerate(said):
        if line.id is not None and line.id not in known:
            raise _unknown(
                place,
                Label(
                    "Nommez une ligne de ce devis, ou n’envoyez pas `id` pour en ajouter une.",
                    "Name a line of this quote, or leave `id` out to add one.",
                ),
            )
        if line.id is not None and line.id in named[:place]:
            raise _unknown(place, Label("Chiffrez chaque ligne une seule fois.", "Price each line once."))
    return tuple(_line(line, known.get(line.id or "", {}), shops, place) for place, line in enumerate(said))


def _line(said: WrittenLine, asked: Stored, shops: Mapping[str, Stored], place: int) -> DraftLine:
    name = said.name or asked.get("name")
    if name is None:
        raise invalid_field(
            f"/lines/{place}/name", "missing", Label("Nommez une ligne que vous ajoutez.", "Name a line that you add.")
        )
    return DraftLine(
        id=said.id or show_id("lin", new_id()),
        shop=shops.get(said.url) if said.url else asked.get("shop"),
        name=name,
        url=said.url or asked.get("url"),
        note=said.note or asked.get("note"),
        quantity=said.quantity or asked.get("quantity", 1),
        unit_price=said.unit_price,
        tax_basis_points=said.tax_basis_points,
        conversion_note=said.conversion_note,
    )


def _unknown(place: int, detail: Label) -> LineUnknownError:
    return LineUnknownError(detail, errors=(FieldError(f"/lines/{place}/id", LineUnknownError.code, detail),))
