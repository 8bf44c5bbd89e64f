"""What may be offered: the currency of the listing, and never more than its price. Pure."""

from collections.abc import Mapping
from typing import Any

from orderhub.domain.catalog.errors import currency_mismatch
from orderhub.domain.offers.errors import unfit_amount
from orderhub.domain.offers.loading import Loaded
from orderhub.kit.text import Label

Amount = Mapping[str, Any]
"""``{"amount", "currency"}``, the amount above zero."""


def check_buyers(amount: Amount, price: int, currency: str) -> None:
    """An offer of a buyer. Raises CurrencyMismatchError, OfferAmountError."""
    _require_currency(amount, currency)
    _require_within(amount, price, currency)


def check_favourite(amount: Amount, price: int, currency: str) -> None:
    """An offer to those who favourited: a tenth off, at least. Raises CurrencyMismatchError, OfferAmountError."""
    _require_currency(amount, currency)
    most = price * 9 // 10
    if amount["amount"] > most:
        raise unfit_amount(
            Label(
                "Offrez au moins 10 % de moins que le prix de l’article : `most` est le plus haut montant.",
                "Offer at least 10% less than the price of the item: `most` is the highest amount.",
            ),
            most,
            currency,
        )


def check_counter(loaded: Loaded, amount: Amount) -> None:
    """Another amount than the one that it answers. Raises CurrencyMismatchError, OfferAmountError."""
    offer = loaded.offer
    _require_currency(amount, offer.currency)
    _require_within(amount, offer.listing_price, offer.currency)
    if amount["amount"] == offer.amount:
        raise unfit_amount(
            Label(
                "C’est le montant déjà offert : acceptez l’offre, ou dites un autre montant.",
                "That is the amount that is offered already: accept the offer, or say another amount.",
            ),
            offer.listing_price,
            offer.currency,
        )


def _require_currency(amount: Amount, currency: str) -> None:
    if amount["currency"] != currency:
        raise currency_mismatch("/amount/currency", currency)


def _require_within(amount: Amount, price: int, currency: str) -> None:
    if amount["amount"] > price:
        raise unfit_amount(
            Label(
                "Offrez au plus le prix de l’annonce, que dit `most`.",
                "Offer at most the price of the listing, which `most` says.",
            ),
            price,
            currency,
        )
