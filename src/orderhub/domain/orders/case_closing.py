"""Closing a case of an order, in the one statement of the order's own change.

The order counts its open cases; the row of the case must fall together with that count.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CTE, DateTime, Text, Uuid, bindparam, or_, select, update

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.infra.changes import Step

COUNTED: Final = (CaseKind.PROBLEM.value, CaseKind.CHARGEBACK.value)
"""Kinds that `Order.open_cases` counts: those that the order's own rows open."""


def close_step(case_id: UUID | None, *, by: UUID | None, resolution: str, at: datetime) -> Step:
    """The step that closes this case of the changed order; without an id, its oldest open one.

    Whoever names a case has made sure that it is open at the version that the change builds on.
    """
    values = {"closed_case": case_id, "closed_by": by, "closed_resolution": resolution, "closed_at": at}
    return Step("close_case", _close, values)


def _close(moved: CTE) -> Sequence[CTE]:
    named = bindparam("closed_case", type_=Uuid())
    is_counted = or_(*(Case.kind == kind for kind in COUNTED))
    chosen = (
        select(Case.id)
        .join(moved, moved.c.id == Case.order_id)
        .where(Case.closed_at.is_(None), is_counted, or_(named.is_(None), Case.id == named))
        .order_by(Case.id)
        .limit(1)
    )
    statement = update(Case).where(Case.id == chosen.scalar_subquery())
    values = {
        "closed_at": bindparam("closed_at", type_=DateTime(timezone=True)),
        "closed_by": bindparam("closed_by", type_=Uuid()),
        "resolution": bindparam("closed_resolution", type_=Text()),
    }
    return (statement.values(values).returning(Case.id).cte("closed_case"),)
