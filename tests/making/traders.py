"""Traders as rows, for tests that need one rather than a verification."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from orderhub.domain.traders.models import Trader
from orderhub.kit.ids import new_id
from tests.making.instants import NOON

FACTS: Final = {
    "name": "Kalo Vintage SARL",
    "registration_number": "73282932000074",
    "vat_number": "FR44732829320",
    "address": {
        "name": "Bruno Kalo",
        "company": "Kalo Vintage SARL",
        "line1": "8 rue de la Soie",
        "line2": None,
        "postcode": "69001",
        "city": "Lyon",
        "region": None,
        "country": "FR",
        "phone": None,
    },
}


def new_trader(account_id: UUID, *, now: datetime = NOON, **parts: Any) -> Trader:
    """A verified trader of Lyon, but for what is said otherwise."""
    plain: dict[str, Any] = {
        "account_id": account_id,
        "id": new_id(),
        **FACTS,
        "status": "verified",
        "submitted_at": now,
        "decided_at": now,
        "verified": FACTS,
        "verified_at": now,
    }
    return Trader(**(plain | parts))
