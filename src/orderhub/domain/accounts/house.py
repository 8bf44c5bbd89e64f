"""The house: the operator as the seller of what it buys on a customer's behalf.

It is an account that nobody can sign in to: no password, never confirmed, an address that can't receive
mail. What is told to it goes to the staff's inbox, which a setting names.
"""

from typing import Final
from uuid import UUID

HOUSE_ID: Final = UUID("01a1b800-0000-7000-8000-000000000001")
"""The same on every deployment, made by a migration."""

SHOP_ADDRESSES: Final = "@shops.invalid"
"""How the addresses of the accounts of shops end, which nobody can register."""
