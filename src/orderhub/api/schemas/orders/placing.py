"""What every body that places an order is: it says its kind, and prepares what its kind is asked for."""

from abc import ABC, abstractmethod
from typing import Any
from uuid import UUID

from orderhub.api.schemas.base import Input
from orderhub.domain.orders.kinds.kind import Wanted
from orderhub.infra.database import Database


class PlacingBody(Input, ABC):
    """The body of `POST /orders` for one kind."""

    kind: Any

    def looks_up(self) -> bool:
        """Whether it names something that has to be looked up; a repeated key is answered before that."""
        return False

    @abstractmethod
    async def prepare(self, database: Database, account_id: UUID) -> Wanted:
        """What to place for this buyer. Raises InvalidError or FileUnusableError."""
