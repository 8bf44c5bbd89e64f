"""The fixed ids and names of the sample data: what documented examples and the sample data agree on.

Only constants: `orderhub.seed` writes the data, ``api/examples`` names it, production has none of it.
Every id has the shape of a UUIDv7 of the beginning of 2025, so that whatever is made later sorts after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

PASSWORD: Final = "mangues-du-marche"  # noqa: S105 - of people who do not exist
"""Everybody's."""

_FROM: Final = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp() * 1000)
_VERSION: Final = 7 << 76
_VARIANT: Final = 2 << 62


def fixed_id(number: int, place: int = 0) -> UUID:
    """The sample id of a number, ordered as the numbers are; ``place`` counts those between two numbers."""
    return UUID(int=(_FROM + number) << 80 | _VERSION | place << 64 | _VARIANT | number)


def name_of(sample_id: UUID) -> str:
    """What a sample id is called elsewhere: its number, and its place behind it where it has one."""
    number, place = sample_id.int & 0xFFFF, sample_id.int >> 64 & 0xFFF
    return f"{number}_{place}" if place else str(number)


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample data; the handle is also what ``x-sample-caller`` says."""

    id: UUID
    handle: str
    name: str

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.handle}@example.com"


AWA: Final = SamplePerson(fixed_id(1), "awa", "Awa Diallo")
BRUNO: Final = SamplePerson(fixed_id(2), "bruno", "Bruno Keller")
CHLOE: Final = SamplePerson(fixed_id(3), "chloe", "Chloé Marchand")
FELIX: Final = SamplePerson(fixed_id(4), "felix", "Félix Roussel")
INES: Final = SamplePerson(fixed_id(5), "ines", "Inès Benali")
NADIA: Final = SamplePerson(fixed_id(6), "nadia", "Nadia Haddad")
MOUSSA: Final = SamplePerson(fixed_id(7), "moussa", "Moussa Konaté")
LEA: Final = SamplePerson(fixed_id(8), "lea", "Léa Fontaine")
YANNICK: Final = SamplePerson(fixed_id(9), "yannick", "Yannick Morel")
KOFFI: Final = SamplePerson(fixed_id(10), "koffi", "Koffi N’Guessan")
MARGAUX: Final = SamplePerson(fixed_id(11), "margaux", "Margaux Petit")
THEO: Final = SamplePerson(fixed_id(12), "theo", "Théo Girard")
PEOPLE: Final = (AWA, BRUNO, CHLOE, FELIX, INES, NADIA, MOUSSA, LEA, YANNICK, KOFFI, MARGAUX, THEO)

NEWCOMER_EMAIL: Final = "aminata.sow@example.com"
"""Who registers in the examples; the sample data doesn't know her."""


class Addresses:
    """Where Awa receives parcels."""

    HOME: Final = fixed_id(101)
    WORK: Final = fixed_id(102)
    OLD_HOME: Final = fixed_id(103)


class Sessions:
    """Where Awa is signed in."""

    OLD_PHONE: Final = fixed_id(121)


class Files:
    """Uploads."""

    LOGO_PHOTO: Final = fixed_id(141)
    LOGO_SKETCHES: Final = fixed_id(142)
    FLYER_PHOTO: Final = fixed_id(143)
    WEBSITE_PHOTO: Final = fixed_id(144)
    VIDEO_PHOTO: Final = fixed_id(145)
    FURNITURE_PHOTO: Final = fixed_id(146)
    MOVING_PHOTO: Final = fixed_id(147)
    TRANSLATION_PHOTO: Final = fixed_id(148)
    HABERDASHERY_LOGO: Final = fixed_id(149)
    BRIEF: Final = fixed_id(151)
    """Awa's brief, a text."""
    DRAFT_FLYER: Final = fixed_id(152)
    """Bruno's work for her, an image."""
    RECEIPT_OF_AWA: Final = fixed_id(153)
    RECEIPT_OF_KOFFI: Final = fixed_id(154)
    RECEIPT_OF_LEA: Final = fixed_id(155)
    NEW_RECEIPT_OF_AWA: Final = fixed_id(156)
    """That she has not sent for any payment yet."""


class Listings:
    """Services on offer, the oldest first; those with a question say so."""

    PROOFREADING: Final = fixed_id(201)
    TRANSLATION: Final = fixed_id(202)
    LESSON: Final = fixed_id(203)
    FURNITURE: Final = fixed_id(204)
    MOVING: Final = fixed_id(205)
    VIDEO: Final = fixed_id(206)
    RADIO_SPOT: Final = fixed_id(207)
    IDENTITY: Final = fixed_id(208)
    FLYER: Final = fixed_id(209)
    LOGO: Final = fixed_id(210)
    """Two questions, one of them required."""
    WEBSITE: Final = fixed_id(211)
    """Paused."""
    RETOUCHING: Final = fixed_id(212)
    """A draft."""
    ICONS: Final = fixed_id(213)
    """To be closed."""


class Options:
    """Options of listings."""

    LOGO_IN_48_HOURS: Final = fixed_id(251)
    LOGO_BUSINESS_CARDS: Final = fixed_id(252)
    LOGO_ANIMATED: Final = fixed_id(253)
    """To be removed."""
    FLYER_BOTH_SIDES: Final = fixed_id(254)
    FLYER_IN_24_HOURS: Final = fixed_id(255)
    TRANSLATION_SWORN: Final = fixed_id(256)
    VIDEO_SUBTITLES: Final = fixed_id(257)
    MOVING_THIRD_PERSON: Final = fixed_id(258)


class Orders:
    """Orders by where they stand, the first placed first: in this order they were placed."""

    SPLIT: Final = fixed_id(301)
    AUTO_APPROVED: Final = fixed_id(302)
    REVIEWED_TWICE: Final = fixed_id(303)
    """Awa and Bruno reviewed each other."""
    REVIEWED: Final = fixed_id(304)
    """Reviewed by Awa, with Bruno's reply."""
    EXPIRED: Final = fixed_id(305)
    APPROVED_IN_XOF: Final = fixed_id(306)
    DECLINED: Final = fixed_id(307)
    """Declined by its seller, and refunded."""
    REFUND_FAILED: Final = fixed_id(308)
    """Its buyer's bank refused the refund, as it did the next one's."""
    REFUND_TO_RETRY: Final = fixed_id(309)
    REVIEWABLE: Final = fixed_id(310)
    """Completed, and reviewed by nobody yet."""
    UNANSWERED_REVIEW: Final = fixed_id(311)
    LATE: Final = fixed_id(312)
    DISPUTED: Final = fixed_id(313)
    DISPUTED_WITHDRAW: Final = fixed_id(314)
    DISPUTED_REFUND: Final = fixed_id(315)
    DISPUTED_RELEASE: Final = fixed_id(316)
    DISPUTED_SPLIT: Final = fixed_id(317)
    DISPUTED_RESUME: Final = fixed_id(318)
    PROBLEM: Final = fixed_id(319)
    PROBLEM_IN_XOF: Final = fixed_id(320)
    REVISION_ACCEPT: Final = fixed_id(321)
    REVISION_DECLINE: Final = fixed_id(322)
    DELIVERED_APPROVE: Final = fixed_id(323)
    DELIVERED_REVISE: Final = fixed_id(324)
    DELIVERED_DISPUTE: Final = fixed_id(325)
    DELIVERED_IN_XOF: Final = fixed_id(326)
    CANCELLATION_WITHDRAW: Final = fixed_id(327)
    CANCELLATION_ACCEPT: Final = fixed_id(328)
    CANCELLATION_DECLINE: Final = fixed_id(329)
    EXTENSION_ACCEPT: Final = fixed_id(330)
    EXTENSION_DECLINE: Final = fixed_id(331)
    IN_PROGRESS: Final = fixed_id(332)
    EXTRA_UNPAID: Final = fixed_id(333)
    """Awa added an option that she has yet to pay."""
    ACCEPT: Final = fixed_id(334)
    DECLINE: Final = fixed_id(335)
    ASK_INSTRUCTIONS: Final = fixed_id(336)
    INSTRUCTIONS: Final = fixed_id(337)
    TO_PAY: Final = fixed_id(338)
    TO_CANCEL: Final = fixed_id(339)


class Extras:
    """Options added to orders."""

    UNPAID: Final = fixed_id(391)


class Conversations:
    """Inquiries before an order, and conversations of orders."""

    INQUIRY: Final = fixed_id(401)
    """Koffi asks Bruno about a logo."""
    FLAGGED: Final = fixed_id(402)
    """Koffi sent Yannick his telephone number."""
    IN_PROGRESS: Final = fixed_id(482)
    """That of `Orders.IN_PROGRESS`."""


def conversation_of(order_id: UUID) -> UUID:
    """The conversation of a sample order."""
    return _further(order_id, 150)


def payment_of(order_id: UUID) -> UUID:
    """The payment of a sample order; of one of the house, that of its deposit."""
    return _further(order_id, 200)


def balance_payment_of(order_id: UUID) -> UUID:
    """The second payment of a sample order of the house."""
    return _further(order_id, 201)


def _further(of: UUID, by: int) -> UUID:
    """The id of a number that is so much higher, in the same place."""
    return UUID(int=of.int + (by << 80) + by)


def _number(of: UUID) -> int:
    return of.int & 0xFFFF


class Refunds:
    """Money on its way back."""

    SUCCEEDED: Final = fixed_id(601)
    FAILED: Final = fixed_id(602)
    TO_RETRY: Final = fixed_id(603)


class Cases:
    """What waits for staff."""

    PROBLEM: Final = fixed_id(621)
    PROBLEM_IN_XOF: Final = fixed_id(622)


class Reviews:
    """What people said of each other."""

    OF_BRUNO: Final = fixed_id(641)
    """With his reply."""
    OF_BRUNO_TWICE: Final = fixed_id(642)
    OF_AWA: Final = fixed_id(643)
    UNANSWERED: Final = fixed_id(644)
    OF_MOUSSA: Final = fixed_id(645)


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
    return _further(quote_id, 30)


def lines_of(cart_id: UUID) -> Sequence[UUID]:
    """The lines of a sample cart, as many as it may have of them here."""
    return [_further(cart_id, _number(cart_id) * 9 + place) for place in range(10)]


class Notifications:
    """What people were told."""

    OF_AWA: Final = fixed_id(661)
