"""What is said of offers."""

from collections.abc import Mapping
from typing import Final

OFFERS: Final[Mapping[str, str]] = {
    "countered_by": "The offer that answers it.",
    "for_order_id": "The running order whose extra it becomes; null for a new order.",
    "listing_price": "What the listing cost when it was made.",
    "made_at": "When its author made it.",
    "made_by": "Which of the two proposes it; the other one answers.",
    "offer_id": "The offer that it is about; null where it is about none.",
    "parent_id": "The offer that this one answers; null for the first of them.",
    "sort": "Whether a buyer made the first of them, a seller to who favourited, or a service seller to measure.",
}
"""By name."""
