"""The statements that list orders: each reads a page in one round trip, keyset, never OFFSET.

There is one for each `Shape`, a bounded set, compiled when it is first asked for: the plain list of the newest
carries nothing of what it isn't asked. What a page costs is bounded by the page itself, for parties else by their own
orders (a search, a filter that few of them meet, the sort by deadline), for staff by all orders that are open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    CompoundSelect,
    DateTime,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy import (
    cast as as_type,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from orderhub.domain.accounts.models import Account
from orderhub.domain.documents.models import Document
from orderhub.domain.files.models import File
from orderhub.domain.files.photos import of_photo, picture_columns, portrait_columns
from orderhub.domain.messages.models import ConversationMember
from orderhub.domain.orders.awaited import awaits
from orderhub.domain.orders.conditions import in_statuses
from orderhub.domain.orders.models import Order
from orderhub.domain.overviews.order_filters import OrderSort
from orderhub.domain.quotes.models import Quote
from orderhub.domain.requests.conditions import session_alive
from orderhub.domain.roles import Role
from orderhub.domain.transitions.models import Timer
from orderhub.infra.business_clock import ahead
from orderhub.infra.database import Statement

Source = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a list asks for, its values aside."""

    role: Role | None
    """None lists one's own as either party."""
    sort: OrderSort
    narrowed: bool
    """To where orders stand, whether they are late, or when they were placed."""
    awaited: bool
    searched: bool


_ME: Final = bindparam("account_id", type_=Uuid())
_MINE: Final = aliased(Account, name="mine")
_AFTER: Final = bindparam("after", type_=Uuid())
_DATED: Final = bindparam("dated", type_=Boolean())
"""Whether the page continues among orders that have a deadline."""
_AT: Final = bindparam("at", type_=DateTime(timezone=True))
_LIMIT: Final = bindparam("limit", type_=BigInteger())
PLAIN: Final = (
    "id", "kind", "status", "version", "resume_status", "title", "photo_file_id", "conversation_id", "currency",
    "total", "fee", "shipping", "commission_basis_points", "due_at", "status_since", "placed_at", "paid_at", "buyer_id",
)  # fmt: skip
_COLUMNS: Final = tuple(getattr(Order, name) for name in (*PLAIN, "seller_id"))


@lru_cache(maxsize=128)
def page_statement(shape: Shape) -> Statement:
    """The statement of a shape."""
    sources = [_own(shape, role) for role in (Role.BUYER, Role.SELLER) if shape.role in (None, role)]
    match sources:
        case [buyers, sellers]:
            return _page(union_all(buyers.subquery().select(), sellers.subquery().select()), shape)
        case [own]:
            return _page(own, shape)
        case _:
            return _page(_everybodys(shape), shape)


def _own(shape: Shape, role: Role) -> Select[*tuple[Any, ...]]:
    mine, others = (Order.buyer_id, Order.seller_id) if role is Role.BUYER else (Order.seller_id, Order.buyer_id)
    conditions = [mine == _ME, *_narrowed(shape)]
    if shape.awaited:
        conditions.append(awaits(role))
    if shape.searched:
        conditions.append(_mentions(others))
    return _sorted(shape.sort, conditions)


def _everybodys(shape: Shape) -> Source:
    conditions = [*_narrowed(shape), *([_is_looked_up()] if shape.searched else [])]
    if shape.sort is OrderSort.NEWEST or shape.searched:
        return _sorted(shape.sort, conditions)
    return _by_timers(conditions)


def _narrowed(shape: Shape) -> list[ColumnElement[bool]]:
    if not shape.narrowed:
        return []
    standings, late = bindparam("standings", type_=ARRAY(Text())), bindparam("late", type_=Boolean())
    earliest, latest = (bindparam(name, type_=DateTime(timezone=True)) for name in ("placed_from", "placed_until"))
    left = func.coalesce(literal("/") + Order.resume_status, "", type_=Text())
    is_late = in_statuses(lambda kind: kind.late) & (Order.due_at < bindparam("now", type_=Order.due_at.type) + ahead())
    return [
        or_(standings.is_(None), (Order.kind + "/" + Order.status + left) == func.any(standings)),
        or_(late.is_(None), func.coalesce(is_late, literal(value=False)) == late),
        or_(earliest.is_(None), Order.placed_at >= earliest),
        or_(latest.is_(None), Order.placed_at < latest),
    ]


def _reference() -> Any:
    """The order that a document is about, by its number: what a buyer writes as the reference of a payment."""
    found = select(func.coalesce(Document.order_id, Quote.order_id)).outerjoin(Quote, Quote.id == Document.quote_id)
    return found.where(Document.number == bindparam("number", type_=Text())).scalar_subquery()


def _mentions(other: Any) -> ColumnElement[bool]:
    """The words are in its title or in the other party's handle, or are its id or its reference, whole."""
    words = func.nullif(func.lower(func.unaccent(bindparam("words", type_=Text()))), "")
    needle = select(words).scalar_subquery()
    handle = select(Account.handle).where(Account.id == other).scalar_subquery()
    return or_(
        func.strpos(func.lower(func.unaccent(Order.title)), needle) > 0,
        func.strpos(handle, needle) > 0,
        _is_named(Order.id),
    )


def _is_named(order_id: Any) -> ColumnElement[bool]:
    """The words are its id or its reference."""
    named = or_(order_id == bindparam("named", type_=Uuid()), order_id == _reference())
    return func.coalesce(named, literal(value=False))


def _is_looked_up() -> ColumnElement[bool]:
    """The words are its id, its reference or a party's handle, whole. Each is looked up by an index."""
    person = select(Account.id).where(Account.handle == func.lower(bindparam("words", type_=Text()))).scalar_subquery()
    conditions = (
        Order.id == bindparam("named", type_=Uuid()),
        Order.id == _reference(),
        Order.buyer_id == person,
        Order.seller_id == person,
    )
    found = union_all(*(select(Order.id).where(condition) for condition in conditions))
    return Order.id == func.any(func.array(found.scalar_subquery()))


def _fires(timer: Any) -> ColumnElement[bool]:
    return timer.kind.not_like("remind%")


def _sorted(sort: OrderSort, conditions: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    if sort is OrderSort.NEWEST:
        return select(*_COLUMNS).where(*conditions, Order.id < _AFTER).order_by(Order.id.desc()).limit(_LIMIT)
    due = func.min(Timer.due).label("next_due")
    soonest = select(due).where(Timer.subject_id == Order.id, _fires(Timer)).lateral("soonest")
    at = soonest.c.next_due
    later = or_(at > _AT, (at == _AT) & (Order.id < _AFTER), at.is_(None))
    return (
        select(*_COLUMNS, at)
        .select_from(Order)
        .join(soonest, true())
        .where(*conditions, case((_DATED, later), else_=at.is_(None) & (Order.id < _AFTER)))
        .order_by(at.asc().nulls_last(), Order.id.desc())
        .limit(_LIMIT)
    )


def _by_timers(conditions: Sequence[ColumnElement[bool]]) -> CompoundSelect[*tuple[Any, ...]]:
    """Everybody's, by the index of what is due: those with a deadline from the nearest on, then the others."""
    first, earlier = aliased(Timer, name="first"), aliased(Timer, name="earlier")
    before = func.row(earlier.due, earlier.id) < func.row(first.due, first.id)
    is_first = ~exists().where(earlier.subject_id == first.subject_id, _fires(earlier), before)
    dated = (
        select(*_COLUMNS, first.due.label("next_due"))
        .select_from(first)
        .join(Order, Order.id == first.subject_id)
        .where(_DATED, first.due >= _AT, or_(first.due > _AT, Order.id < _AFTER), _fires(first), is_first, *conditions)
        .order_by(first.due, Order.id.desc())
        .limit(_LIMIT)
    )
    without = (
        select(*_COLUMNS, as_type(null(), DateTime(timezone=True)).label("next_due"))
        .where(
            ~exists().where(Timer.subject_id == Order.id, _fires(Timer)), or_(_DATED, Order.id < _AFTER), *conditions
        )
        .order_by(Order.id.desc())
        .limit(_LIMIT)
    )
    return union_all(dated.subquery().select(), without.subquery().select())


def _page(source: Source, shape: Shape) -> Statement:
    found = source.subquery("found")
    if shape.sort is OrderSort.NEWEST:
        due = select(func.min(Timer.due)).where(Timer.subject_id == found.c.id, _fires(Timer)).scalar_subquery()
        order = (found.c.id.desc(),)
    else:
        due = found.c.next_due
        order = (due.asc().nulls_last(), found.c.id.desc())
    other = case((found.c.buyer_id == _ME, found.c.seller_id), else_=found.c.buyer_id)
    return Statement(
        select(
            *(found.c[name] for name in PLAIN),
            Account.id.label("other_id"),
            Account.handle.label("other_handle"),
            Account.display_name.label("other_name"),
            Account.country.label("other_country"),
            select(_MINE.country).where(_MINE.id == _ME).scalar_subquery().label("my_country"),
            *((_is_named(found.c.id).label("named"),) if shape.searched else ()),
            *portrait_columns(Account, "other_photo"),
            *picture_columns(File, "photo"),
            func.coalesce(ConversationMember.unread, 0).label("unread"),
            due.label("next_due"),
            ahead().label("ahead"),
        )
        .select_from(found)
        .join(Account, Account.id == other)
        .outerjoin(File, of_photo(found.c.photo_file_id))
        .outerjoin(
            ConversationMember,
            (ConversationMember.conversation_id == found.c.conversation_id) & (ConversationMember.account_id == _ME),
        )
        .where(session_alive())
        .order_by(*order)
        .limit(_LIMIT)
    )
