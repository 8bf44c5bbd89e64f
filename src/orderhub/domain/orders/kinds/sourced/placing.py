"""The order that an accepted proforma begins: its fields, computed from the version that was agreed on. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.operator import Operator
from orderhub.domain.orders.kinds.sourced.details import SourcedDetails
from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.policy import Policy
from orderhub.kit.ids import new_id, show_id

KIND = "sourced"


@dataclass(frozen=True, slots=True)
class Agreed:
    """The version of a quote that its buyer accepts."""

    quote_id: UUID
    version: int
    number: str
    content: Mapping[str, Any]
    expires_at: datetime
    buyer_id: UUID
    title: str
    address: Mapping[str, Any]
    staff_ids: Sequence[UUID] = ()
    """Whoever of the staff has had the quote in hand."""
    order_id: UUID = field(default_factory=new_id)
    conversation_id: UUID = field(default_factory=new_id)


def order_of(agreed: Agreed, policy: Policy, operator: Operator, now: datetime) -> OrderState:
    """The order as it is placed: it awaits its deposit."""
    content = agreed.content
    return OrderState(
        id=agreed.order_id,
        kind=KIND,
        status="awaiting_deposit",
        version=1,
        buyer_id=agreed.buyer_id,
        seller_id=HOUSE_ID,
        listing_id=None,
        conversation_id=agreed.conversation_id,
        title=agreed.title,
        category=KIND,
        photo_file_id=None,
        currency=content["currency"],
        total=content["total"],
        held=0,
        lines=[{**line, "supplier_reference": None, "counted": None} for line in content["lines"]],
        funds=[],
        refunded=0,
        released=0,
        commission_basis_points=0,
        terms=policy.copied(),
        placed_at=now,
        status_since=now,
        clock_anchor=now,
        clock_shift=timedelta(),
        details=_details(agreed, operator),
    )


def _details(agreed: Agreed, operator: Operator) -> SourcedDetails:
    content = agreed.content
    return SourcedDetails(
        quote_id=show_id("quo", agreed.quote_id),
        quote_version=agreed.version,
        number=agreed.number,
        valid_until=agreed.expires_at,
        deposit=content["deposit"],
        deposit_percent=content["deposit_percent"],
        fees=tuple(content["fees"]),
        freight=content["freight"],
        payment_instructions=tuple(content["payment_instructions"]),
        remarks=content["remarks"],
        address=dict(agreed.address),
        purchase_by=_end_of(content["purchase_by"], operator.time_zone),
        arrive_by=_end_of(content["arrive_by"], operator.time_zone),
        time_zone=operator.time_zone,
        staff=tuple(agreed.staff_ids),
        rulings_by_others=operator.rulings_by_others,
    )


def _end_of(day: str, time_zone: str) -> datetime:
    """The instant at which a promised day is over."""
    after = date.fromisoformat(day) + timedelta(days=1)
    return datetime.combine(after, time(), ZoneInfo(time_zone))
