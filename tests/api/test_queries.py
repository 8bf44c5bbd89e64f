"""A query that is read by a model of ours, held to how FastAPI reads the same model."""

from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI, Query

from orderhub.api.order_lists import ListOrders
from orderhub.api.queries import documented, query_of


def _app() -> FastAPI:
    app = FastAPI()

    @app.get("/ours")
    async def ours(query: Annotated[ListOrders, query_of(ListOrders)]) -> ListOrders:
        return query

    @app.get("/theirs")
    async def theirs(query: Annotated[ListOrders, Query()]) -> ListOrders:
        return query

    return app


@pytest.mark.parametrize(
    "query",
    [
        "",
        "limit=3",
        "limit=",
        "limit=0",
        "limit=101",
        "limit=three",
        "kind=service&kind=sourced&status=completed",
        "kind=service&kind=shoe",
        "status=" + "&status=completed" * 31,
        "late=true&sort=next_deadline&waits_for=me",
        "late=maybe&waits_for=you&sort=oldest&role=king",
        "placed_from=2026-01-01T00:00:00Z&placed_until=yesterday",
        "q=%C3%A9t%C3%A9&stage=disputed",
        "q=&cursor=%20",
    ],
)
async def test_it_is_read_as_fastapi_reads_it(query: str) -> None:
    transport = httpx.ASGITransport(_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://orderhub.test") as client:
        mine, other = [(await client.get(f"{path}?{query}")) for path in ("/ours", "/theirs")]
    assert (mine.status_code, mine.json()) == (other.status_code, other.json())


def test_each_field_is_a_parameter_of_the_document() -> None:
    parameters, _ = documented(ListOrders)
    assert [parameter["name"] for parameter in parameters] == list(ListOrders.model_fields)
    assert {parameter["in"] for parameter in parameters} == {"query"}
