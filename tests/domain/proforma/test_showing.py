"""A proforma in CFA francs as the API shows it: every amount has its currency beside it."""

from datetime import date, timedelta

from orderhub.api.schemas.proformas import ProformaOut
from orderhub.domain.proforma.draft import DraftLine, Fee, FreightByWeight, PaymentInstruction, ProformaDraft
from orderhub.domain.proforma.pricing import priced
from orderhub.domain.proforma.showing import show_content
from orderhub.kit.ids import new_id, show_id

DRAFT = ProformaDraft(
    currency="XOF",
    lines=(DraftLine(show_id("lin", new_id()), None, "Sandales", None, None, 2, 29_500, 1800),),
    fees=(Fee("Frais de service", 5_000, 1800),),
    freight=FreightByWeight(1_500, 3_000),
    deposit_percent=50,
    valid_for=timedelta(days=7),
    purchase_by=date(2026, 12, 1),
    arrive_by=date(2026, 12, 20),
    payment_instructions=(PaymentInstruction("transfer", "Banque", "CI93 …"),),
)


def test_every_amount_is_money() -> None:
    shown = show_content(priced(DRAFT))

    assert shown["lines"][0]["amount"] == {"amount": 59_000, "currency": "XOF"}
    assert shown["freight"]["rate_per_kg"] == {"amount": 3_000, "currency": "XOF"}
    assert shown["taxes"][1] == {
        "basis_points": 1800,
        "base": {"amount": 64_000, "currency": "XOF"},
        "amount": {"amount": 11_520, "currency": "XOF"},
    }
    assert shown["total"] == {"amount": 80_020, "currency": "XOF"}


def test_what_is_shown_is_what_the_document_declares() -> None:
    shown = show_content(priced(DRAFT))

    declared = ProformaOut.model_validate(shown).model_dump(mode="json")
    assert declared == shown
