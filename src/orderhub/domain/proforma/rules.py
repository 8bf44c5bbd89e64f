"""What a proforma must be before anybody is asked to pay it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from orderhub.domain.proforma.bank_details import wrong_codes
from orderhub.domain.proforma.draft import ProformaDraft
from orderhub.domain.proforma.errors import bad_amount, bad_dates
from orderhub.kit.errors import invalid_field
from orderhub.kit.money import MAX_AMOUNT, is_currency
from orderhub.kit.text import Label

SHORTEST_VALIDITY: Final = timedelta(hours=1)
LONGEST_VALIDITY: Final = timedelta(days=90)
HIGHEST_PERCENT: Final = 100


def check_draft(draft: ProformaDraft) -> None:
    """Refuse what can't be computed or promised. Raises ProformaAmountError, ProformaDatesError, InvalidError."""
    if not is_currency(draft.currency):
        raise invalid_field(
            "/currency",
            "unknown_currency",
            Label("Donnez un code de devise ISO 4217.", "Give an ISO 4217 currency code."),
        )
    if not draft.lines:
        raise invalid_field("/lines", "too_short", Label("Chiffrez au moins une ligne.", "Price one line at least."))
    if not 1 <= draft.deposit_percent <= HIGHEST_PERCENT:
        raise bad_amount(
            "/deposit_percent",
            Label("L’acompte est de 1 à 100 pour cent du total.", "The deposit is 1 to 100 percent of the total."),
        )
    if not SHORTEST_VALIDITY <= draft.valid_for <= LONGEST_VALIDITY:
        raise bad_dates(
            "/valid_for",
            Label("Une proforma est valable d’une heure à 90 jours.", "A proforma is valid for one hour to 90 days."),
        )
    if draft.arrive_by < draft.purchase_by:
        raise bad_dates(
            "/arrive_by",
            Label(
                "La marchandise arrive le jour de son achat, ou plus tard.",
                "Goods arrive on the day they are purchased, or later.",
            ),
        )
    for place, instruction in enumerate(draft.payment_instructions):
        for code in wrong_codes(instruction.details):
            detail = Label(
                f"{code} n’est ni un IBAN ni un BIC : vérifiez chaque lettre et chaque chiffre.",
                f"{code} is no IBAN or BIC: check every letter and digit.",
            )
            raise invalid_field(f"/payment_instructions/{place}/details", "invalid_bank_code", detail)


def check_promise(purchase_by: date, last: date) -> None:
    """Refuse a purchase promised before the last day on which the proforma can be accepted. Raises ProformaDatesError.

    Who accepts on the last day would else have an order that is late when it begins.
    """
    if purchase_by < last:
        detail = Label(
            f"La proforma peut être acceptée jusqu’au {last} : promettez l’achat ce jour-là "
            "ou plus tard, ou raccourcissez `valid_for`.",
            f"The proforma can be accepted until {last}: promise the purchase then or later, or shorten `valid_for`.",
        )
        raise bad_dates("/purchase_by", detail)


def check_amounts(content: Mapping[str, Any]) -> None:
    """Refuse a computed content of which an amount is out of bounds. Raises ProformaAmountError."""
    for name in ("lines", "fees"):
        for place, item in enumerate(content[name]):
            _check_one(f"/{name}/{place}", item["amount"])
    _check_one("/freight", content["freight_total"])
    if content["total"] > MAX_AMOUNT:
        raise bad_amount(
            "/lines",
            Label(
                f"Le total est de {content['total']} ; {MAX_AMOUNT} unités mineures sont le maximum.",
                f"The total is {content['total']}; {MAX_AMOUNT} minor units is the most.",
            ),
        )
    if content["total"] == 0:
        raise bad_amount(
            "/lines",
            Label("Le total est nul : chiffrez au moins une ligne.", "The total is nothing: price at least one line."),
        )


def _check_one(pointer: str, amount: int) -> None:
    if not 0 <= amount <= MAX_AMOUNT:
        raise bad_amount(
            pointer,
            Label(
                f"Cela fait {amount} unités mineures ; de 0 à {MAX_AMOUNT} sont possibles.",
                f"This comes to {amount} minor units; 0 to {MAX_AMOUNT} is possible.",
            ),
        )
