"""Partner shops, carts, quotes and the orders of the house in the sample data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from orderhub.domain.samples.ids import fixed_id, further, number_of


class Shops:
    """Partner shops, the first taken in first."""

    HARDWARE: Final = fixed_id(701)
    """In Lyon, EUR."""
    FABRICS: Final = fixed_id(702)
    """In Dakar, XOF."""
    PHONES: Final = fixed_id(703)
    """In Douala, XAF."""
    WATCHES: Final = fixed_id(704)
    """In Geneva, CHF."""
    CRAFTS: Final = fixed_id(705)
    """In Tunis, TND."""
    BEAUTY: Final = fixed_id(706)
    """Moussa's, in Abidjan, XOF."""
    CAR_PARTS: Final = fixed_id(707)
    """In Libreville, XAF."""
    GROCERIES: Final = fixed_id(708)
    """In Bamako, XOF: not active."""
    HABERDASHERY: Final = fixed_id(709)
    """Léa's, in Paris, EUR; Yannick helps her."""
    HABERDASHERY_KEY: Final = fixed_id(719)
    """A key of hers, whose secret nobody knows."""


class Carts:
    """What people gather from partner shops."""

    OF_AWA: Final = fixed_id(721)
    """Her usual one, open."""
    UNWANTED: Final = fixed_id(722)
    """A separate one of hers, to be deleted."""
    TO_REQUEST: Final = fixed_id(731)
    """Another separate one of hers: two lines that can be quoted."""


class CartLines:
    """What is in carts."""

    BAZIN: Final = fixed_id(723)
    BUTTONS: Final = fixed_id(724)
    DRILL: Final = fixed_id(725)
    CHAIR: Final = fixed_id(726)
    """Of no partner shop: to be removed."""
    FOUTA: Final = fixed_id(727)
    """In the cart to be deleted."""


class Quotes:
    """Proformas by where they stand: in this order they were asked for."""

    EXPIRED: Final = fixed_id(741)
    """Its validity is over."""
    VERSIONS: Final = fixed_id(742)
    """Koffi's, in XOF: two versions, the second one issued."""
    ISSUED_ACCEPT: Final = fixed_id(743)
    ISSUED_DECLINE: Final = fixed_id(744)
    ISSUED_CHANGES: Final = fixed_id(745)
    ISSUED_WITHDRAW: Final = fixed_id(746)
    DRAFTED: Final = fixed_id(747)
    """In preparation, with a complete draft."""
    IN_PREPARATION: Final = fixed_id(748)
    """Taken, with nothing priced yet."""
    REQUESTED_TAKE: Final = fixed_id(749)
    REQUESTED_CANCEL: Final = fixed_id(750)
    REQUESTED_REJECT: Final = fixed_id(751)
    DECLINED: Final = fixed_id(741, 31)
    WITHDRAWN: Final = fixed_id(741, 32)
    CANCELLED: Final = fixed_id(741, 33)
    REJECTED: Final = fixed_id(741, 34)
    CHANGES_REQUESTED: Final = fixed_id(742, 31)


@dataclass(frozen=True, slots=True)
class Deal:
    """A quote that was accepted, and the order that this placed."""

    order: UUID
    quote: UUID


class Sourced:
    """Orders of the house by where they stand."""

    INVOICE: Final = Deal(fixed_id(312, 1), fixed_id(741, 1))
    """Arrived and counted."""
    BALANCE_DUE: Final = Deal(fixed_id(312, 2), fixed_id(741, 2))
    """Koffi's, in XOF."""
    BALANCE_CONFIRM: Final = Deal(fixed_id(312, 3), fixed_id(741, 3))
    HAND_OVER: Final = Deal(fixed_id(312, 4), fixed_id(741, 4))
    DISPATCH: Final = Deal(fixed_id(312, 5), fixed_id(741, 5))
    """Léa's, in CHF."""
    RECEIPT: Final = Deal(fixed_id(312, 6), fixed_id(741, 6))
    DISPUTED: Final = Deal(fixed_id(312, 7), fixed_id(741, 7))
    COMPLETED: Final = Deal(fixed_id(312, 8), fixed_id(741, 8))
    """Koffi's, in XAF, paid by card."""
    PURCHASE: Final = Deal(fixed_id(318, 1), fixed_id(742, 1))
    """Koffi's, in XAF."""
    CHANGE_ACCEPT: Final = Deal(fixed_id(318, 2), fixed_id(742, 2))
    CHANGE_DECLINE: Final = Deal(fixed_id(318, 3), fixed_id(742, 3))
    SHIP_TO_HUB: Final = Deal(fixed_id(318, 4), fixed_id(742, 4))
    """Léa's, in CHF."""
    RECEIVE: Final = Deal(fixed_id(318, 5), fixed_id(742, 5))
    """In TND."""
    DEPOSIT_DUE: Final = Deal(fixed_id(326, 1), fixed_id(746, 1))
    BY_HAND: Final = Deal(fixed_id(326, 2), fixed_id(746, 2))
    """A transfer was begun, and has no proof yet."""
    DEPOSIT_CONFIRM: Final = Deal(fixed_id(326, 3), fixed_id(746, 3))
    DEPOSIT_PART: Final = Deal(fixed_id(326, 4), fixed_id(746, 4))
    """Koffi's, in XOF."""
    DEPOSIT_REJECT: Final = Deal(fixed_id(326, 5), fixed_id(746, 5))
    LEFT_CONFIRM: Final = Deal(fixed_id(326, 6), fixed_id(746, 6))
    """Cancelled while a proof was under review."""
    LEFT_REJECT: Final = Deal(fixed_id(326, 7), fixed_id(746, 7))

    PICK_UP_CODE: Final = "04815162"
    """Of those that are ready."""


def cart_of(quote_id: UUID) -> UUID:
    """The cart that a sample quote was asked for with."""
    return further(quote_id, 30)


def lines_of(cart_id: UUID) -> Sequence[UUID]:
    """The lines of a sample cart, as many as it may have of them here."""
    return [further(cart_id, number_of(cart_id) * 9 + place) for place in range(10)]
