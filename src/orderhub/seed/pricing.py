"""How Chloé prices the sample quotes: goods, a service fee, freight by weight, a deposit, how to pay by hand."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from orderhub.domain.proforma.draft import Fee, FreightByWeight, PaymentInstruction
from orderhub.domain.quotes.drafting import WrittenDraft, WrittenLine
from orderhub.kit.ids import show_id

_FEES: Final = {"EUR": 900, "CHF": 950, "TND": 29_500, "XOF": 7_500, "XAF": 7_500}
_RATES: Final = {"EUR": 890, "CHF": 1_050, "TND": 31_000, "XOF": 4_500, "XAF": 5_200}
"""For a kilogram."""
_TAXES: Final = {"EUR": 2000, "CHF": 810, "TND": 1900, "XOF": 1800, "XAF": 1925}
_NOTES: Final = {"EUR": "Prix de la boutique en XOF, à 655,957 XOF pour 1 EUR."}
_INSTRUCTIONS: Final = {
    "EUR": (PaymentInstruction("transfer", "Virement SEPA", "IBAN FR76 3000 6000 0112 3456 7890 189"),),
    "XOF": (
        PaymentInstruction("mobile_money", "Wave", "+225 07 07 00 00 00, au nom de la maison"),
        PaymentInstruction("transfer", "Banque à Abidjan", "CI93 CI00 8011 1301 1342 9120 0589"),
    ),
    "XAF": (PaymentInstruction("mobile_money", "Orange Money", "+237 6 90 00 00 00, au nom de la maison"),),
    "CHF": (PaymentInstruction("transfer", "Banque à Genève", "CH93 0076 2011 6238 5295 7"),),
    "TND": (PaymentInstruction("transfer", "Banque à Tunis", "TN59 1000 6035 1835 9847 8831"),),
}
_GRAMS: Final = 1_850


def sample_draft(
    currency: str, lines: Sequence[UUID], prices: Sequence[int], now: datetime, valid_days: int
) -> WrittenDraft:
    """A price for each line; 40 % in advance, bought within a week of the last day to accept, here within four."""
    tax = _TAXES[currency]
    return WrittenDraft(
        currency=currency,
        lines=tuple(
            WrittenLine(show_id("lin", line), price, tax, _NOTES.get(currency))
            for line, price in zip(lines, prices, strict=False)
        ),
        fees=(Fee("Frais de service", _FEES[currency], tax),),
        freight=FreightByWeight(_GRAMS, _RATES[currency]),
        deposit_percent=40,
        valid_for=timedelta(days=valid_days),
        purchase_by=now.date() + timedelta(days=valid_days, weeks=1),
        arrive_by=now.date() + timedelta(days=valid_days, weeks=4),
        payment_instructions=_INSTRUCTIONS[currency],
        remarks="Les teintes varient légèrement d’un bain à l’autre.",
    )
