"""Keyset pages of rows whose ids are time-ordered, newest first: one statement a page, for any list of the domain."""

from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, Mapped

from orderhub.kit.pages import Page, PageRequest, cut


class Identified(Protocol):
    """A model with an id of `kit.ids.new_id`."""

    id: Mapped[UUID]


Row = TypeVar("Row", bound=Identified)
Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])


async def newest_first(
    session: AsyncSession, model: type[Row], page: PageRequest, *conditions: ColumnElement[bool]
) -> Page[Row]:
    """One page of the rows that meet every condition."""
    query = one_more(select(model).where(*conditions), page, model.id)
    return cut((await session.scalars(query)).all(), page.limit, lambda row: row.id)


def one_more(query: Query, page: PageRequest, key: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> Query:
    """The query of one page by this key, and of one row more: it tells `cut` whether another page follows."""
    if page.after is not None:
        query = query.where(key < page.after)
    return query.order_by(key.desc()).limit(page.limit + 1)


def where_given(*wanted: tuple[InstrumentedAttribute[Any], object]) -> list[ColumnElement[bool]]:
    """A condition for each column that a value is asked of; None asks nothing."""
    return [column == value for column, value in wanted if value is not None]
