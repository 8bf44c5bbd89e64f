"""Pages at the edge: ``?limit=`` and ``?cursor=`` in, `PageOut` with ``next_cursor`` out."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Query
from pydantic import Field

from orderhub.api.schemas.base import Omittable, PageOut, WholeNumber
from orderhub.api.schemas.forms import CURSOR
from orderhub.kit.pages import (
    DEFAULT_LIMIT,
    MAX_LIMIT,
    Page,
    PageAsOf,
    PageByText,
    PageRequest,
    read_page,
    read_page_as_of,
    read_page_by_text,
)

Row = TypeVar("Row")
Shown = TypeVar("Shown")

Limit = Annotated[WholeNumber, Query(ge=1, le=MAX_LIMIT, description="How many at most.")]
Cursor = Annotated[
    Omittable[Annotated[str, Field(max_length=200), CURSOR]],
    Query(description="`next_cursor` of the previous page, unchanged."),
]


async def _read_page(limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> PageRequest:
    return read_page(limit, cursor)


async def _read_page_as_of(limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> PageAsOf:
    return read_page_as_of(limit, cursor)


async def _read_page_by_text(limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> PageByText:
    return read_page_by_text(limit, cursor)


PageAsOfParams = Annotated[PageAsOf, Depends(_read_page_as_of)]
"""For a list whose order changes while somebody pages."""
PageByTextParams = Annotated[PageByText, Depends(_read_page_by_text)]
"""For a list in the order of a text."""
PageParams = Annotated[PageRequest, Depends(_read_page)]
"""For every list whose cursor is the id of its last row."""


def show_page(page: Page[Row], show: Callable[[Row], Shown]) -> PageOut[Shown]:
    """The answer that lists a page, each row shown by ``show``."""
    return PageOut(data=[show(row) for row in page.data], next_cursor=page.next_cursor)
