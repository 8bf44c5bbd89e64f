"""Lists of orders for their parties and for staff: one statement, one round trip, keyset by id."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CompoundSelect,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, between
from orderhub.domain.messages.models import ConversationMember
from orderhub.domain.orders.conditions import in_statuses
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.domain.orders.presentation import show_words
from orderhub.domain.orders.stages import statuses_of
from orderhub.domain.requests.conditions import session_alive
from orderhub.domain.roles import Role
from orderhub.domain.transitions.models import Timer
from orderhub.infra.business_clock import ahead
from orderhub.infra.database import Database, Statement
from orderhub.kit.clock import real_now, show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.money import share
from orderhub.kit.pages import PageRequest, write_cursor
from orderhub.kit.text import Language

LAST_ID: Final = UUID(int=2**128 - 1)
EMPTY: Final[dict[str, Any]] = {"data": [], "next_cursor": None}
"""The page that lists nothing."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None and empty mean everything."""

    role: Role | None = None
    kind: str | None = None
    status: str | None = None
    stage: str | None = None
    late: bool | None = None


_ME = bindparam("account_id", type_=Uuid())
_PLAIN: Final = (
    "id", "kind", "status", "version", "resume_status", "title", "photo_file_id", "conversation_id", "currency",
    "total", "commission_basis_points", "due_at", "status_since", "placed_at", "paid_at", "buyer_id",
)  # fmt: skip


def _narrowed(*mine: Any) -> Select[*tuple[Any, ...]]:
    kind, late = bindparam("kind", type_=Text()), bindparam("late", type_=Boolean())
    statuses = bindparam("statuses", type_=ARRAY(Text()))
    is_late = in_statuses(lambda kind: kind.late) & (Order.due_at < bindparam("now", type_=Order.due_at.type) + ahead())
    effective = func.coalesce(Order.resume_status, Order.status)
    exact = bindparam("exact", type_=Boolean())
    return (
        select(*(getattr(Order, name) for name in (*_PLAIN, "seller_id")))
        .where(
            *mine,
            Order.id < bindparam("after", type_=Uuid()),
            or_(kind.is_(None), Order.kind == kind),
            or_(
                statuses.is_(None),
                case((exact, Order.status), else_=effective) == func.any(statuses),
            ),
            or_(late.is_(None), func.coalesce(is_late, literal(value=False)) == late),
        )
        .order_by(Order.id.desc())
        .limit(bindparam("limit"))
    )


def _page(source: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> Statement:
    found = source.subquery("found")
    fires = Timer.kind.not_like("remind%")
    due = select(func.min(Timer.due)).where(Timer.subject_id == found.c.id, fires).scalar_subquery()
    other = case((found.c.buyer_id == _ME, found.c.seller_id), else_=found.c.buyer_id)
    return Statement(
        select(
            *(found.c[name] for name in _PLAIN),
            Account.id.label("other_id"),
            Account.handle.label("other_handle"),
            Account.display_name.label("other_name"),
            func.coalesce(ConversationMember.unread, 0).label("unread"),
            due.label("next_due"),
            ahead().label("ahead"),
        )
        .select_from(found)
        .join(Account, Account.id == other)
        .outerjoin(
            ConversationMember,
            (ConversationMember.conversation_id == found.c.conversation_id) & (ConversationMember.account_id == _ME),
        )
        .where(session_alive())
        .order_by(found.c.id.desc())
        .limit(bindparam("limit"))
    )


_bought, _sold = Order.buyer_id == _ME, Order.seller_id == _ME
_PAGES: Final[dict[Role | None, Statement]] = {
    Role.BUYER: _page(_narrowed(_bought)),
    Role.SELLER: _page(_narrowed(_sold)),
    Role.STAFF: _page(_narrowed()),
    None: _page(union_all(_narrowed(_bought).subquery().select(), _narrowed(_sold).subquery().select())),
}


async def page_of(  # noqa: PLR0913, PLR0917 - whose orders, which page, how narrowed and shown
    database: Database, account_id: UUID, session_id: UUID, page: PageRequest, filters: Filters, language: Language
) -> dict[str, Any] | None:
    """A page of summaries, newest first; None when it is empty, which may also mean a dead session."""
    values = {
        "account_id": account_id,
        "session_id": session_id,
        "after": page.after or LAST_ID,
        "limit": page.limit + 1,
        "kind": filters.kind,
        "late": filters.late,
        "now": real_now(),
        **_statuses(filters),
    }
    rows = await database.rows(_PAGES[filters.role], values)
    if not rows:
        return None
    shown, more = rows[: page.limit], len(rows) > page.limit
    return {
        "data": [_summary(row, account_id, language) for row in shown],
        "next_cursor": write_cursor(shown[-1]["id"]) if more else None,
    }


def _statuses(filters: Filters) -> dict[str, Any]:
    if filters.status is not None:
        wanted = {filters.status} if filters.stage is None else {filters.status} & statuses_of(filters.stage)
        return {"statuses": sorted(wanted), "exact": True}
    if filters.stage is not None:
        return {"statuses": sorted(statuses_of(filters.stage)), "exact": False}
    return {"statuses": None, "exact": True}


def _summary(row: Any, me: UUID, language: Language) -> dict[str, Any]:
    kind, status, total, currency = KINDS[row["kind"]], row["status"], row["total"], row["currency"]
    bought = row["buyer_id"] == me
    stage = kind.stage(row["resume_status"] or status)
    net = total - share(total, row["commission_basis_points"])
    words = AS_WRITTEN if HOUSE_ID in (row["other_id"], me) else between((), paid=row["paid_at"] is not None)
    return {
        "id": show_id("ord", row["id"]),
        "kind": row["kind"],
        "version": row["version"],
        **show_words(row["kind"], status, stage, language),
        "disputed": status in kind.disputed,
        "late": status in kind.late and _has_passed(row["due_at"], row["ahead"]),
        "title": words.text(row["title"]) if bought else row["title"],
        "photo": show_id("fil", row["photo_file_id"]) if row["photo_file_id"] else None,
        "conversation_id": show_id("cnv", row["conversation_id"]),
        "role": "buyer" if bought else "seller",
        "other_party": {
            "id": show_id("acc", row["other_id"]),
            "handle": row["other_handle"],
            "display_name": words.text(row["other_name"]),
        },
        "amount": {"amount": total if bought else net, "currency": currency},
        "unread": row["unread"],
        "next_deadline": show_instant(row["next_due"]) if row["next_due"] else None,
        "due_at": show_instant(row["due_at"]) if row["due_at"] else None,
        "placed_at": show_instant(row["placed_at"]),
    }


def _has_passed(due_at: datetime | None, offset: Any) -> bool:
    return due_at is not None and real_now() + offset > due_at


@dataclass(frozen=True, slots=True)
class Count:
    """How many orders somebody has in one status, as one of the parties."""

    role: str
    kind: str
    status: str
    orders: int


async def counts(session: AsyncSession, account_id: UUID) -> Sequence[Count]:
    """Per role and status, a disputed order under the status that it left. Reads all one's orders."""
    shown = func.coalesce(Order.resume_status, Order.status)
    found: list[Count] = []
    for role, mine in (("buyer", Order.buyer_id == account_id), ("seller", Order.seller_id == account_id)):
        statement = select(Order.kind, shown, func.count()).where(mine).group_by(Order.kind, shown)
        statement = statement.order_by(Order.kind, shown)
        found += [Count(role, *row) for row in await session.execute(statement)]
    return found
