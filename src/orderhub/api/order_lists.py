"""What a list of orders can be narrowed to and sorted by: the parameters of its query."""

from typing import Annotated

from fastapi import Query
from pydantic import Field

from orderhub.api.pages import Cursor, Limit
from orderhub.api.queries import QueryModel
from orderhub.api.schemas.base import Flag, Instant, Omittable, Text
from orderhub.api.schemas.orders.codes import OrderKind, OrderStage, OrderStatus
from orderhub.domain.overviews.order_filters import Filters, OrderSort, WaitedFor
from orderhub.domain.roles import Role
from orderhub.kit.pages import DEFAULT_LIMIT, PageRequest, read_page, read_page_by_instant

MAX_KINDS, MAX_STATUSES = 10, 30
"""Values of one filter of a list."""
Kinds = Annotated[list[OrderKind], Query(max_length=MAX_KINDS, description="One of these kinds: repeat it.")]
Statuses = Annotated[
    list[OrderStatus], Query(max_length=MAX_STATUSES, description="Exactly one of these statuses: repeat it.")
]
StageFilter = Annotated[
    Omittable[OrderStage],
    Query(description="A stage. A disputed order is in the stage that it left, and in `disputed`, too."),
]
LateFilter = Annotated[Omittable[Flag], Query(description="Only late ones, or only those that aren't.")]
WaitsFor = Annotated[
    Omittable[WaitedFor],
    Query(description="`me`: only those that wait for your action. What waits for staff is in `GET /v1/staff/queue`."),
]
PlacedFrom = Annotated[Omittable[Instant], Query(description="Placed at this instant or later.")]
PlacedUntil = Annotated[Omittable[Instant], Query(description="Placed before this instant.")]
Words = Annotated[
    Omittable[Annotated[str, Text(100, examples=["logo"])]],
    Query(
        description="In the title or in the other party's handle, capitals and accents ignored; or the whole id of an "
        "order, or the whole number of one of its documents. With `role=staff` handles are whole, and titles aren't "
        "searched."
    ),
]
Sort = Annotated[
    OrderSort, Query(description="`next_deadline`: the nearest first, those without a deadline last, the newest first.")
]


class ListOrders(QueryModel):
    """The query of a list of orders."""

    limit: Limit = DEFAULT_LIMIT
    cursor: Cursor = None
    role: Annotated[
        Omittable[Role], Query(description="As which party; left out, both. `staff` lists everybody's.")
    ] = None
    kind: Kinds = Field([])
    status: Statuses = Field([])
    stage: StageFilter = None
    late: LateFilter = None
    waits_for: WaitsFor = None
    placed_from: PlacedFrom = None
    placed_until: PlacedUntil = None
    q: Words = None
    sort: Sort = OrderSort.NEWEST

    def page(self) -> PageRequest:
        """Where the list goes on, and how many; a `PageByInstant` where deadlines sort it. Raises InvalidError."""
        read = read_page if self.sort is OrderSort.NEWEST else read_page_by_instant
        return read(self.limit, self.cursor)

    def filters(self) -> Filters:
        """What it is narrowed to."""
        return Filters(
            self.role,
            tuple(self.kind),
            tuple(self.status),
            self.stage,
            self.late,
            self.waits_for,
            self.placed_from,
            self.placed_until,
            self.q,
        )
