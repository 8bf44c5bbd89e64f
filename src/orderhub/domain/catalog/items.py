"""What an item for sale is like: the codes of its condition and of the parcel that it fits. Pure."""

from enum import StrEnum


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
