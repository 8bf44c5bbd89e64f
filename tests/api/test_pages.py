"""Pages: limits and cursors are exact, and an unknown query parameter is refused on every operation."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter

from orderhub.api.dependencies import Public
from orderhub.api.pages import PageParams, show_page
from orderhub.api.routing import operations
from orderhub.api.schemas.base import PageOut
from orderhub.bootstrap import build_application
from orderhub.kit.ids import new_id
from orderhub.kit.pages import cut
from orderhub.settings import Settings

Shell = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]

router = APIRouter(prefix="/numbers", tags=["service"], dependencies=[Public])
ROWS = sorted((new_id() for _ in range(250)), reverse=True)


def itself(row: UUID) -> UUID:
    return row


@router.get("")
async def list_numbers(page: PageParams, even: str | None = None) -> PageOut[str]:
    """List numbers, newest first."""
    after = ROWS.index(page.after) + 1 if page.after else 0
    return show_page(cut(ROWS[after : after + page.limit + 1], page.limit, itself), str)


@pytest.fixture
async def client(shell: Shell) -> AsyncIterator[httpx.AsyncClient]:
    async with shell(router) as found:
        yield found


async def test_pages_follow_one_another_without_gap_or_repetition(client: httpx.AsyncClient) -> None:
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(10):
        query = {"limit": "100"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/v1/numbers", params=query)).json()
        seen += page["data"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [str(row) for row in ROWS]


async def test_a_page_has_twenty_rows_unless_asked_otherwise(client: httpx.AsyncClient) -> None:
    assert len((await client.get("/v1/numbers")).json()["data"]) == 20
    assert len((await client.get("/v1/numbers?limit=1")).json()["data"]) == 1


async def test_what_is_no_limit_or_cursor_is_refused(client: httpx.AsyncClient) -> None:
    for query in (
        "limit=0",
        "limit=101",
        "limit=1.0",
        "limit=",
        "limit=x",
        "limit=1e1",
        "cursor=",
        "cursor=%20",
        "cursor=abc",
    ):
        answer = await client.get(f"/v1/numbers?{query}")
        assert answer.status_code == 422, query
        assert answer.json()["errors"][0]["pointer"] == f"/{query.split('=')[0]}"


async def test_an_unknown_parameter_is_refused_and_the_known_ones_are_named(client: httpx.AsyncClient) -> None:
    for query in ("offset=20", "Limit=5", "limit=5&x=", "x"):
        answer = await client.get(f"/v1/numbers?{query}")
        assert answer.status_code == 422, query
        assert answer.json()["errors"][0]["code"] == "unknown_parameter"
        assert "cursor, even, limit" in answer.json()["detail"]


async def test_every_operation_refuses_unknown_parameters(shell: Shell, shell_settings: Settings) -> None:
    every = list(operations(build_application(shell_settings).routes))
    assert len(every) > 50
    async with shell() as outside:
        for operation in every:
            path = operation.path.replace("{", "").replace("}", "")
            answer = await outside.request(operation.method, path, params={"unknown_parameter": "1"})
            assert answer.status_code == 422, operation
            assert answer.json()["errors"][0]["pointer"] == "/unknown_parameter"
