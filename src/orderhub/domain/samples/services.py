"""What people of the sample data have, sell and order of each other, and what they were told."""

from typing import Final
from uuid import UUID

from orderhub.domain.samples.ids import fixed_id, further


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
    PORTRAIT_OF_BRUNO: Final = fixed_id(157)
    PORTRAIT_OF_AWA: Final = fixed_id(158)
    """Uploaded, and not shown yet."""


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
    return further(order_id, 150)


def payment_of(order_id: UUID) -> UUID:
    """The payment of a sample order; of one of the house, that of its deposit."""
    return further(order_id, 200)


def balance_payment_of(order_id: UUID) -> UUID:
    """The second payment of a sample order of the house."""
    return further(order_id, 201)


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


class Notifications:
    """What people were told."""

    OF_AWA: Final = fixed_id(661)
