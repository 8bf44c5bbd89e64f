"""What an item for sale is like: its condition, the parcel that it fits, and how much is said of it. Pure."""

from enum import StrEnum
from typing import Final

MAX_WORDS: Final = 60
"""Characters of a size, a brand or a colour."""


class Condition(StrEnum):
    """How worn an item is."""

    NEW_WITH_TAGS = "new_with_tags"
    NEW = "new"
    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"


class ParcelSize(StrEnum):
    """What an item is shipped in, the smallest first; its price of shipping follows."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
