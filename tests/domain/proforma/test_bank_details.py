"""A mistyped IBAN or BIC is refused while staff write the proforma, not by the buyer's bank."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from orderhub.domain.proforma.bank_details import wrong_codes
from orderhub.domain.proforma.draft import DraftLine, PaymentInstruction, ProformaDraft
from orderhub.domain.proforma.rules import check_draft
from orderhub.kit.errors import InvalidError


@pytest.mark.parametrize(
    "details",
    [
        "FR7630006000011234567890189",
        "IBAN FR76 3000 6000 0112 3456 7890 189\nBIC AGRIFRPP",
        "IBAN : fr76 3000 6000 0112 3456 7890 189 BIC AGRIFRPPXXX",
        "FR76-3000-6000-0112-3456-7890-189, au nom de Maison Teranga",
        "CI93 CI00 8011 1301 1342 9120 0589 BIC/SWIFT ECOCCIAB",
        "+221 77 123 45 67, au nom de Maison Teranga",
        "TVA FR32123456789, SIRET 123 456 789 00012",
        "Référence RF18 5390 0754 7034, TVA SE556677889901",
        "CM21 Douala, Akwa, 6 71 23 45 67",
        "IBAN et BIC : voir la facture",
    ],
)
def test_what_is_right_or_no_bank_code_at_all_is_left_alone(details: str) -> None:
    assert list(wrong_codes(details)) == []


@pytest.mark.parametrize(
    ("details", "wrong"),
    [
        ("FR7630006000011234567890188", "FR7630006000011234567890188"),
        ("IBAN FR76 3000 6000 0112 3456 7890 18\nMerci", "FR76 3000 6000 0112 3456 7890 18"),
        ("IBAN: fr76 3000 6000", "fr76 3000 6000"),
        ("NL91 ABNA 0417 1643 01", "NL91 ABNA 0417 1643 01"),
        ("BIC AGRIXXPP", "AGRIXXPP"),
        ("SWIFT: AGRIFRP", "AGRIFRP"),
    ],
)
def test_a_code_with_a_fault_is_named(details: str, wrong: str) -> None:
    assert next(wrong_codes(details)) == wrong


def test_a_draft_points_at_the_instruction_with_the_fault() -> None:
    line = DraftLine("lin_1", None, "Bazin indigo, 5 m", None, None, 2, 4590)
    right = PaymentInstruction("transfer", "Banque du Vieux-Port", "IBAN FR76 3000 6000 0112 3456 7890 189")
    day = date(2026, 12, 1)
    draft = ProformaDraft("EUR", (line,), (), None, 40, timedelta(days=7), day, day, (right,))
    check_draft(draft)
    wrong = replace(right, details="FR76 3000 6000 0112 3456 7890 198")
    with pytest.raises(InvalidError) as refusal:
        check_draft(replace(draft, payment_instructions=(right, wrong)))
    assert [(error.pointer, error.code) for error in refusal.value.errors] == [
        ("/payment_instructions/1/details", "invalid_bank_code")
    ]
