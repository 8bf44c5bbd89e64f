"""How many offers there may be: of one person in a day, and open on one listing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Uuid, bindparam, func, or_, select

from orderhub.domain.accounts.models import Account
from orderhub.domain.offers.models import Offer
from orderhub.domain.offers.process import accepted, pending
from orderhub.domain.policies.models import PolicyVersion
from orderhub.domain.policies.policy import read_policy
from orderhub.domain.policies.room import require_room
from orderhub.domain.transitions.holding import Hold
from orderhub.infra.database import HotTransaction, Statement

_DAY: Final = timedelta(days=1)
OPEN: Final = (pending.code, accepted.code)
"""The statuses in which an offer is worth something."""


def is_open() -> ColumnElement[bool]:
    """The offer waits for an answer, or to be used."""
    return or_(*(Offer.status == status for status in OPEN))


LOCK_AUTHOR: Final = Statement(
    select(Account.id).where(Account.id == bindparam("account_id", type_=Uuid())).with_for_update(key_share=True)
)
"""A person's offers of a day are counted in turn, and nobody is erased before their offer is there to be seen."""
_policy = select(PolicyVersion.version, PolicyVersion.values).order_by(PolicyVersion.version.desc()).limit(1).subquery()
_of_day = select(func.count()).where(
    Offer.author_id == bindparam("author_id", type_=Uuid()),
    Offer.made_at > bindparam("since", type_=DateTime(timezone=True)),
)
_COUNT: Final = Statement(
    select(
        _policy.c.version,
        _policy.c["values"],
        _of_day.scalar_subquery().label("of_day"),
        select(func.count())
        .where(Offer.listing_id == bindparam("listing_id", type_=Uuid()), is_open())
        .scalar_subquery()
        .label("open"),
    )
)


def counting(hold: Hold[Any]) -> Hold[Any]:
    """The same hold, once the caller's own row is locked."""

    async def hold_counting(transaction: HotTransaction, values: Mapping[str, Any]) -> Any:
        await transaction.row(LOCK_AUTHOR, {"account_id": values["account_id"]})
        return await hold(transaction, values)

    return hold_counting


async def require_room_of_day(transaction: HotTransaction, author_id: UUID, now: datetime) -> None:
    """Raises LimitReachedError where the author has made as many as a day may have; their row is locked."""
    await require_room_for(transaction, author_id, None, now)


async def require_room_for(
    transaction: HotTransaction, author_id: UUID, listing_id: UUID | None, now: datetime, wanted: int = 1
) -> None:
    """The same, and where the listing has as many open offers as it may; both are locked."""
    values = {"author_id": author_id, "listing_id": listing_id, "since": now - _DAY}
    row = await transaction.row(_COUNT, values)
    assert row is not None  # noqa: S101 - there is always a policy
    bounds = read_policy(row["version"], row["values"]).bounds
    require_room(bounds, "offers", row["of_day"] + wanted - 1)
    if listing_id is not None:
        require_room(bounds, "open_offers", row["open"] + wanted - 1)
