"""The house: the operator as the seller of what it buys on a customer's behalf.

It is an account that nobody can sign in to: no password, never confirmed. Its address is the staff's
inbox, so that telling the seller of a sourced order tells the staff.
"""

from typing import Final
from uuid import UUID

HOUSE_ID: Final = UUID("01a1b800-0000-7000-8000-000000000001")
"""The same on every deployment, made by a migration."""
