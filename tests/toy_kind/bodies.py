"""What is sent about errands."""

from typing import Annotated, Literal
from uuid import UUID

from orderhub.api.examples.sample import Sample, order
from orderhub.api.schemas.base import AccountId, Instant, MoneyIn, MoneyOut, Output, Text
from orderhub.api.schemas.orders.action import OrderActionBody
from orderhub.api.schemas.orders.placing import PlacingBody
from orderhub.domain.samples import BRUNO, Orders
from orderhub.infra.database import Database
from tests.toy_kind.errand import WantedErrand


class PlaceErrand(PlacingBody):
    """Have somebody run an errand."""

    kind: Literal["errand"]
    runner_id: AccountId
    what: Annotated[str, Text(200)]
    price: MoneyIn

    async def prepare(self, database: Database, account_id: UUID) -> WantedErrand:  # noqa: ARG002 - nothing to look up
        """All of it came with the request."""
        return WantedErrand(self.runner_id, self.what, self.price.amount, self.price.currency)


class HandIn(OrderActionBody):
    """The errand is run."""

    action: Literal["hand_in"]


class ErrandOut(Output):
    """What only an errand shows."""

    what: Annotated[str, Text(200)]
    costs: MoneyOut | None
    handed_in_at: Instant | None


class ErrandMembers(Output):
    """What an answer shows of an errand alone."""

    errand: ErrandOut | None


EXAMPLE = Sample(BRUNO, order(Orders.IN_PROGRESS), body={"action": "hand_in"}, summary="Bruno has run the errand")
