"""Examples of staff: Chloé of support, Félix of finance, Inès who is admin."""

from typing import Final
from uuid import UUID

from orderhub.api.examples.sample import Sample, Samples
from orderhub.api.schemas.staff_policies import EXAMPLE_DURATIONS
from orderhub.domain.samples import CHLOE, FELIX, INES, NADIA, THEO, Cases, Traders
from orderhub.kit.ids import show_id

_THEO: Final = {"account_id": show_id("acc", THEO.id)}
_CASE: Final = {"case_id": show_id("cas", Cases.PROBLEM_IN_XOF)}


def _trader(value: UUID) -> dict[str, str]:
    return {"trader_id": show_id("trd", value)}


SAMPLES: Final[Samples] = {
    "get_staff_queue": Sample(CHLOE),
    "list_staff_cases": Sample(CHLOE, query={"open": "true"}),
    "get_staff_case": Sample(CHLOE, _CASE),
    "close_staff_case": Sample(
        CHLOE, _CASE, body={"resolution": "Moussa a répondu : il livre demain, Koffi est d’accord."}
    ),
    "list_staff_flags": Sample(CHLOE),
    "list_staff_payments": Sample(FELIX, query={"status": "captured"}),
    "list_staff_refunds": Sample(FELIX, query={"status": "failed"}),
    "check_ledger": Sample(FELIX),
    "list_staff_accounts": Sample(CHLOE, query={"handle_prefix": "th"}),
    "update_account_roles": Sample(
        INES, {"account_id": show_id("acc", NADIA.id)}, body={"roles": ["production", "support"]}
    ),
    "suspend_account": Sample(CHLOE, _THEO, body={"reason": "Vend des contrefaçons."}),
    "reinstate_account": Sample(CHLOE, _THEO),
    "list_staff_traders": Sample(CHLOE, query={"status": "pending"}),
    "get_staff_trader": Sample(CHLOE, _trader(Traders.TO_VERIFY)),
    "act_on_trader": {
        "verify": Sample(
            CHLOE, _trader(Traders.TO_VERIFY), body={"action": "verify"}, summary="The facts are in force from now on"
        ),
        "refuse": Sample(
            CHLOE,
            _trader(Traders.TO_REFUSE),
            body={"action": "refuse", "reason": "Ce SIREN est celui d’une autre entreprise : envoyez le vôtre."},
            summary="Something is to be corrected",
        ),
        "revoke": Sample(
            CHLOE,
            _trader(Traders.VERIFIED),
            body={"action": "revoke", "reason": "L’entreprise est radiée du registre depuis le 1er octobre."},
            summary="The account is no trader any more",
        ),
    },
    "get_staff_settings": Sample(INES),
    "update_staff_settings": Sample(
        INES, body={"durations": {**EXAMPLE_DURATIONS, "approval": "P5D"}, "fees": {}, "working_days": [1, 2, 3, 4, 5]}
    ),
    "get_staff_commissions": Sample(FELIX),
    "update_staff_commissions": Sample(
        FELIX,
        body={
            "rules": [
                {"kind": "service", "category": None, "basis_points": 1000},
                {"kind": "service", "category": "writing_translation", "basis_points": 800},
                {"kind": "item", "category": None, "basis_points": 0},
            ]
        },
    ),
    "get_staff_shipping": Sample(FELIX),
    "update_staff_shipping": Sample(
        FELIX,
        body={
            "near": [["BE", "CH", "FR", "LU"]],
            "rates": {
                "EUR": {
                    "small": {"domestic": 399, "near": 799, "far": 1490},
                    "medium": {"domestic": 599, "near": 1190, "far": 2490},
                    "large": {"domestic": 999, "near": 1890},
                }
            },
        },
    ),
    "get_staff_protection": Sample(FELIX),
    "update_staff_protection": Sample(FELIX, body={"basis_points": 500, "fixed": {"EUR": 70}}),
    "update_staff_holidays": Sample(
        INES,
        body={
            "holidays": [
                {"day": "2026-12-25", "label": "Noël"},
                {"day": "2027-01-01", "label": "Jour de l’an"},
                {"day": "2027-03-29", "label": "Lundi de Pâques"},
            ]
        },
    ),
    "get_staff_holidays": Sample(INES),
    "get_staff_terms": Sample(INES),
    "update_staff_terms": Sample(
        INES,
        body={
            "text": {
                "fr": "1. L’acheteur paie d’avance ; la somme est gardée en séquestre.",
                "en": "1. The buyer pays in advance; the money is held in escrow.",
            }
        },
    ),
    "list_staff_audit": Sample(INES, query={"account_id": show_id("acc", FELIX.id)}),
}
