"""What happened to an order."""

from typing import TYPE_CHECKING, Annotated

from pydantic import MISSING, Field

from orderhub.api.schemas.base import MoneyOut, Output, PaymentId, Text
from orderhub.api.schemas.history import Happened
from orderhub.api.schemas.orders.bodies import BODIES, with_members
from orderhub.api.schemas.orders.codes import OrderStatus, OrderTransitionName

RequestId = Annotated[str, Field(max_length=36, examples=["019ac1c4-93f6-7ddd-9b73-000000000001"])]


class AnySaid(Output):
    """What was said with a change of an order, whichever: the document has a form for each action, made of its rows."""

    reason: Annotated[str, Text(2000, lines=True)] | MISSING = MISSING
    decision: Annotated[str, Text(2000, lines=True, examples=["Le travail est livré."])] | MISSING = MISSING
    resolution: Annotated[str, Text(2000, lines=True)] | MISSING = MISSING
    id: Annotated[RequestId, Field(description="Of the request that begins; `overtaken` names it.")] | MISSING = MISSING
    overtaken: (
        Annotated[list[RequestId], Field(max_length=100, description="Requests that the change closed.")] | MISSING
    ) = MISSING
    paid: Annotated[MoneyOut, Field(description="What has come.")] | MISSING = MISSING
    line_count: Annotated[int, Field(ge=0, le=10_000, description="Lines that were paid.")] | MISSING = MISSING
    payment_id: Annotated[PaymentId, Field(description="Not for the seller.")] | MISSING = MISSING
    amount: Annotated[MoneyOut, Field(description="What the payment brought, or took.")] | MISSING = MISSING
    refunded: Annotated[MoneyOut | MISSING, Field(description="What goes back to the buyer.")] = MISSING
    released: (
        Annotated[MoneyOut, Field(description="What was held and is the seller's, commission included.")] | MISSING
    ) = MISSING
    commission: Annotated[MoneyOut, Field(description="What the hub keeps; not for the buyer.")] | MISSING = MISSING


if TYPE_CHECKING:
    OrderSaid = AnySaid
else:
    OrderSaid = with_members("OrderSaid", AnySaid, (kind.said for kind in BODIES.values()))


class OrderHistoryOut(Happened):
    """One thing that happened to an order; ``from`` null placed it."""

    action: OrderTransitionName
    from_status: Annotated[OrderStatus | None, Field(alias="from")]
    to_status: Annotated[OrderStatus, Field(alias="to")]
    said: OrderSaid
