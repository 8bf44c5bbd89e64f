"""The orders of the house in the sample data: one for each thing that can be done to one, in several currencies."""

from collections.abc import Sequence
from typing import Final

from orderhub.domain.samples import AWA, CHLOE, KOFFI, LEA, Deal, SamplePerson, Sourced
from orderhub.seed.purchases import (
    accept,
    begin_by_hand,
    by_buyer,
    by_staff,
    confirm,
    dispatch,
    hand_over,
    invoice,
    pay_balance,
    pay_deposit,
    propose,
    prove,
    purchase,
    receive,
)
from orderhub.seed.quoting import FABRICS, HARDWARE, Request, Step, act_on_quote, price

Steps = Sequence[tuple[float, Step]]

_PRICES: Final = {
    "EUR": (4_590, 3_200),
    "CHF": (13_900, 2_150),
    "TND": (152_500, 98_750),
    "XOF": (29_500, 21_000),
    "XAF": (96_000, 13_500),
}
_CHARGES: Final = {"EUR": (900, 2_100), "CHF": (950, 2_600), "XOF": (7_500, 9_000), "XAF": (7_500, 11_000)}
"""Fee and freight of the final invoices."""

_BY_HAND: Final[Steps] = ((19, begin_by_hand), (1, prove))
_CONFIRMED: Final[Steps] = ((20, prove), (4, confirm("confirm_deposit")))
_BY_CARD: Final[Steps] = ((24, pay_deposit),)
_SHIPPED: Final[Steps] = ((24, purchase), (19, by_staff(CHLOE, "ship_to_hub")))
_ARRIVED: Final[Steps] = (*_SHIPPED, (66, receive))


def _invoiced(currency: str) -> Steps:
    return (*_ARRIVED, (23, invoice(*_CHARGES[currency])))


def _ready(currency: str) -> Steps:
    return (*_invoiced(currency), (20, prove), (4, confirm("confirm_balance")))


def _bought(deal: Deal, buyer: SamplePerson, currency: str, days_ago: float, steps: Steps) -> Request:
    """A quote that is accepted four hours after it was asked for, and what becomes of the order."""
    articles = FABRICS if buyer == AWA else HARDWARE
    priced = price(currency, *_PRICES[currency])
    issued: Steps = ((2, act_on_quote(CHLOE, "take")), (0, priced), (0, act_on_quote(CHLOE, "issue")), (2, accept))
    return Request(deal.quote, buyer, days_ago, articles, (*issued, *steps))


_LONG_AGO, _LATELY, _NEWLY = 11.95, 5.7, 2.4
"""Days; orders of one sort go in step, so that the clock goes seldom."""

_LEFT: Final[Steps] = (*_BY_HAND, (3, by_buyer("cancel")))
_CHANGE: Final = propose(5_200, "EUR", "La boutique a changé ses prix ce matin.")
_DISPUTED: Final = by_buyer("open_dispute", reason="Le bazin est déchiré sur un mètre.")

SOURCED: Final = (
    _bought(Sourced.INVOICE, AWA, "EUR", _LONG_AGO, (*_CONFIRMED, *_ARRIVED)),
    _bought(Sourced.BALANCE_DUE, KOFFI, "XOF", _LONG_AGO, (*_CONFIRMED, *_invoiced("XOF"))),
    _bought(Sourced.BALANCE_CONFIRM, AWA, "EUR", _LONG_AGO, (*_CONFIRMED, *_invoiced("EUR"), (20, prove))),
    _bought(Sourced.HAND_OVER, AWA, "EUR", _LONG_AGO, (*_CONFIRMED, *_ready("EUR"))),
    _bought(Sourced.DISPATCH, LEA, "CHF", _LONG_AGO, (*_CONFIRMED, *_ready("CHF"))),
    _bought(Sourced.RECEIPT, AWA, "EUR", _LONG_AGO, (*_CONFIRMED, *_ready("EUR"), (16, dispatch))),
    _bought(Sourced.DISPUTED, AWA, "EUR", _LONG_AGO, (*_CONFIRMED, *_ready("EUR"), (16, _DISPUTED))),
    _bought(
        Sourced.COMPLETED,
        KOFFI,
        "XAF",
        _LONG_AGO,
        (*_BY_CARD, *_invoiced("XAF"), (20, pay_balance), (4, hand_over)),
    ),
    _bought(Sourced.PURCHASE, KOFFI, "XAF", _LATELY, _CONFIRMED),
    _bought(Sourced.CHANGE_ACCEPT, AWA, "EUR", _LATELY, (*_CONFIRMED, (67, _CHANGE))),
    _bought(Sourced.CHANGE_DECLINE, AWA, "EUR", _LATELY, (*_CONFIRMED, (67, _CHANGE))),
    _bought(Sourced.SHIP_TO_HUB, LEA, "CHF", _LATELY, (*_CONFIRMED, (24, purchase))),
    _bought(Sourced.RECEIVE, AWA, "TND", _LATELY, (*_CONFIRMED, *_SHIPPED)),
    _bought(Sourced.DEPOSIT_DUE, AWA, "EUR", _NEWLY, ()),
    _bought(Sourced.BY_HAND, AWA, "EUR", _NEWLY, _BY_HAND[:1]),
    _bought(Sourced.DEPOSIT_CONFIRM, AWA, "EUR", _NEWLY, _BY_HAND),
    _bought(Sourced.DEPOSIT_PART, KOFFI, "XOF", _NEWLY, _BY_HAND),
    _bought(Sourced.DEPOSIT_REJECT, AWA, "TND", _NEWLY, _BY_HAND),
    _bought(Sourced.LEFT_CONFIRM, AWA, "EUR", _NEWLY, _LEFT),
    _bought(Sourced.LEFT_REJECT, LEA, "CHF", _NEWLY, _LEFT),
)
