"""What Yannick sells out of his attic in the sample data, and Awa buys: an order for each thing that can be done."""

from typing import Final
from uuid import UUID

from orderhub.domain.samples.ids import fixed_id, number_of


class AtticFiles:
    """Pictures."""

    BOX: Final = fixed_id(191)
    """Yannick's: what all of his listings show."""
    STAIN: Final = fixed_id(192)
    """Awa's, of what is wrong."""
    SCRATCH: Final = fixed_id(193)
    """Yannick's, of what came back."""


class Attic:
    """Orders by where they stand, the first placed first."""

    RETURNED: Final = fixed_id(331, 1)
    CANCELLED: Final = fixed_id(331, 2)
    COMPLETED: Final = fixed_id(331, 3)
    ORDER_RETURN: Final = fixed_id(331, 4)
    """In dispute: Yannick declined the return."""
    CONTEST: Final = fixed_id(331, 5)
    """On its way back, as the next one is."""
    RECEIVE: Final = fixed_id(331, 6)
    SHIP_RETURN: Final = fixed_id(331, 7)
    DECLINE_RETURN: Final = fixed_id(331, 8)
    """A return is asked for, as of the next two."""
    REFUND: Final = fixed_id(331, 9)
    ACCEPT_RETURN: Final = fixed_id(331, 10)
    NOT_RECEIVED: Final = fixed_id(331, 11)
    """Delivered as the carrier says, as the next one is."""
    REQUEST_RETURN: Final = fixed_id(331, 12)
    SENT: Final = fixed_id(331, 13)
    TO_SEND: Final = fixed_id(331, 14)
    RESERVED: Final = fixed_id(339, 1)
    """Waits for its payment, for a few minutes."""


FOR_SALE: Final = fixed_id(260, 100)
"""A listing that nobody has bought."""
FOR_SALE_TOO: Final = fixed_id(260, 101)


def listing_of(order_id: UUID) -> UUID:
    """What was bought with an order."""
    place = order_id.int >> 64 & 0xFFF
    return fixed_id(260, place if number_of(order_id) == number_of(Attic.SENT) else 50 + place)
