"""As what somebody takes part in an order or a conversation."""

from enum import StrEnum


class Role(StrEnum):
    """As what somebody takes part in an order or a conversation."""

    BUYER = "buyer"
    SELLER = "seller"
    STAFF = "staff"
