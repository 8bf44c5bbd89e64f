"""Who acts on orders in memory, and when."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from orderhub.domain.process import Actor, By

NOW: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)
AWA, BRUNO, CHLOE = (UUID(int=n) for n in (1, 2, 3))
_WHO: Final = {By.BUYER: AWA, By.SELLER: BRUNO, By.SUPPORT: CHLOE, By.FINANCE: CHLOE, By.ADMIN: CHLOE}
ACTORS: Final = {by: Actor(frozenset({by}), CHLOE if by is By.PRODUCTION else _WHO.get(by)) for by in By}
"""One of each kind; whom no token reaches has no account."""
