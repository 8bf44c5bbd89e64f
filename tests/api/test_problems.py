"""How refusals are shown: one form, two languages, each place by JSON pointer, and nothing leaked."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any, Literal

import asyncpg
import httpx
import pytest
from fastapi import APIRouter, HTTPException
from pydantic import Field
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from orderhub.api.dependencies import AppParts, DatabaseSession, Public, SignedIn
from orderhub.api.failures import from_database
from orderhub.api.problems import STATUS, describe, problems, status_of
from orderhub.api.schemas.base import Input, ListingId
from orderhub.kit.errors import (
    ConflictError,
    DomainError,
    FieldError,
    InvalidError,
    NotFoundError,
    OverloadedError,
    StaleError,
    TooManyError,
)
from orderhub.kit.text import Label

Shell = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]

router = APIRouter(prefix="/problems", tags=["service"])


class SoldOutError(ConflictError):
    """The last one was sold."""

    code = "sold_out_in_a_test"
    title = Label("Épuisé", "Sold out")


class Ship(Input):
    action: Literal["ship"]
    tracking: str


class Pay(Input):
    action: Literal["pay"]
    amounts: list[int]


class Act(Input):
    act: Annotated[Ship | Pay, Field(discriminator="action")]


REFUSALS: dict[str, Callable[[], Exception]] = {
    "sold-out": lambda: SoldOutError(
        Label("Choisissez-en un autre.", "Choose another one."),
        available_actions=["cancel"],
        until=Label("là", "there"),
    ),
    "stale": StaleError,
    "too-many": lambda: TooManyError(Label("Attendez.", "Wait."), retry_after=7),
    "overloaded": lambda: OverloadedError(Label("Attendez.", "Wait."), retry_after=1),
    "fault": lambda: RuntimeError("the password is hunter2"),
    "teapot": lambda: HTTPException(418),
    "places-alone": lambda: InvalidError(errors=tuple(FieldError(at, "b", Label("ç", "c")) for at in ("/a", "/b"))),
    "places": lambda: InvalidError(Label("Voyez.", "Look."), errors=(FieldError("/a", "b", Label("ç", "c")),)),
    "unreachable": lambda: ConnectionRefusedError("10.0.0.1"),
}


@router.get("/{name}", dependencies=[Public])
async def refuse(name: str) -> None:
    """Raise what the name says."""
    make = REFUSALS[name]
    raise make()


@router.post("/act", dependencies=[Public])
async def act(body: Act) -> None:
    """Read a union."""


@router.get("/listings/{listing_id}", dependencies=[Public])
async def read_listing(listing_id: ListingId) -> None:
    """Read an id in the path."""


@router.get("/signed/in")
async def read_signed_in(caller: SignedIn) -> None:
    """Need a session."""


@router.get("/database/now", dependencies=[Public])
async def read_database(session: DatabaseSession, parts: AppParts) -> None:
    """Need the database."""
    await session.connection()


@pytest.fixture
async def client(shell: Shell) -> AsyncIterator[httpx.AsyncClient]:
    async with shell(router) as found:
        yield found


async def test_a_problem_has_every_member(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/problems/sold-out", headers={"Accept-Language": "en"})
    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "http://127.0.0.1:8000/docs/problems/sold_out_in_a_test",
        "title": "Sold out",
        "status": 409,
        "detail": "Choose another one.",
        "code": "sold_out_in_a_test",
        "request_id": answer.headers["X-Request-Id"],
        "available_actions": ["cancel"],
        "until": "there",
    }


@pytest.mark.parametrize(
    ("header", "title"),
    [
        (None, "Épuisé"),
        ("fr", "Épuisé"),
        ("en", "Sold out"),
        ("en-GB,en;q=0.9", "Sold out"),
        ("de", "Épuisé"),
        ("de, en;q=0.5", "Sold out"),
        ("fr;q=0.3, en;q=0.8", "Sold out"),
        ("en;q=0", "Épuisé"),
        ("*", "Épuisé"),
        (";;q=x,,", "Épuisé"),
    ],
)
async def test_the_title_follows_the_language(client: httpx.AsyncClient, header: str | None, title: str) -> None:
    headers = {"Accept-Language": header} if header else {}
    answer = await client.get("/v1/problems/sold-out", headers=headers)
    assert answer.json()["title"] == title
    assert "Accept-Language" in answer.headers["Vary"]


async def test_each_family_has_its_status(client: httpx.AsyncClient) -> None:
    for name, status, retry in (("stale", 412, None), ("too-many", 429, "7"), ("overloaded", 503, "1")):
        answer = await client.get(f"/v1/problems/{name}")
        assert answer.status_code == status
        assert answer.headers.get("Retry-After") == retry
    assert status_of(SoldOutError) == 409
    assert status_of(DomainError) == 500
    assert len(set(STATUS.values())) == len(STATUS)


async def test_a_fault_is_clean_and_leaks_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/problems/fault")
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal_error"
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]
    assert "hunter2" not in answer.text
    assert "RuntimeError" not in answer.text


async def test_refusals_of_the_framework(client: httpx.AsyncClient) -> None:
    nowhere = await client.get("/v1/nowhere")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "not_found")
    outside = await client.get("/nowhere")
    assert (outside.status_code, outside.json()["code"]) == (404, "not_found")
    wrong = await client.delete("/v1/problems/act")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")
    assert wrong.headers["Allow"] == "GET, HEAD, POST"
    teapot = await client.get("/v1/problems/teapot")
    assert (teapot.status_code, teapot.json()["code"]) == (500, "internal_error")


async def test_no_token_is_a_401(client: httpx.AsyncClient) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic x"}):
        answer = await client.get("/v1/problems/signed/in", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


async def test_an_id_that_cannot_be_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/problems/listings/42")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


PLACES: list[tuple[Any, set[tuple[str, str]]]] = [
    ({"act": {"action": "ship"}}, {("/act/tracking", "missing")}),
    ({"act": {"action": "ship", "tracking": 5}}, {("/act/tracking", "string_type")}),
    ({"act": {"action": "ship", "tracking": "", "a/b~c": 1}}, {("/act/a~1b~0c", "extra_forbidden")}),
    ({"act": {"action": "pay", "amounts": [1, "2"]}}, {("/act/amounts/1", "int_type")}),
    ({"act": {"action": "fly"}}, {("/act/action", "union_tag_invalid")}),
    ({"act": {"tracking": "1"}}, {("/act/action", "union_tag_not_found")}),
    ({}, {("/act", "missing")}),
    ([], {("", "model_attributes_type")}),
]  # fmt: skip


async def test_pointers_lead_to_the_place_in_the_body(client: httpx.AsyncClient) -> None:
    for body, expected in PLACES:
        answer = await client.post("/v1/problems/act", json=body)
        assert answer.status_code == 422
        assert {(error["pointer"], error["code"]) for error in answer.json()["errors"]} == expected


async def test_many_errors_are_cut(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/problems/act", json={f"x{n}": 1 for n in range(1000)})
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 50


async def test_errors_of_a_service_are_shown(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/problems/places")
    assert answer.json()["errors"] == [{"pointer": "/a", "code": "b", "detail": "ç"}]


async def test_a_refusal_of_places_alone_names_them(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/problems/places-alone", headers={"Accept-Language": "en"})
    assert answer.json()["detail"] == "Correct a, b: 'errors' says what is wanted."


async def test_a_database_that_is_nowhere_is_a_503(client: httpx.AsyncClient) -> None:
    for path in ("/v1/problems/database/now", "/v1/problems/unreachable"):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["Retry-After"] == "1"
        assert "10.0.0.1" not in answer.text


STATES = [
    (asyncpg.DeadlockDetectedError, 503),
    (asyncpg.SerializationError, 503),
    (asyncpg.TooManyConnectionsError, 503),
    (asyncpg.AdminShutdownError, 503),
    (asyncpg.CannotConnectNowError, 503),
    (asyncpg.ConnectionDoesNotExistError, 503),
    (asyncpg.LockNotAvailableError, 503),
    (asyncpg.QueryCanceledError, 503),
    (asyncpg.InterfaceError, 503),
    (asyncpg.CharacterNotInRepertoireError, 422),
    (asyncpg.NumericValueOutOfRangeError, 422),
    (asyncpg.UniqueViolationError, 409),
    (asyncpg.ForeignKeyViolationError, 409),
    (asyncpg.CheckViolationError, 500),
    (asyncpg.UndefinedTableError, 500),
]


@pytest.mark.parametrize(("kind", "status"), STATES, ids=lambda value: getattr(value, "__name__", str(value)))
def test_what_the_database_refuses(kind: type[Exception], status: int) -> None:
    cause = kind("secret detail")
    for raised in (cause, DBAPIError("SELECT secret", {}, cause)):
        error = from_database(raised)
        assert status_of(type(error)) == status
        assert "secret" not in str(error)


def test_a_busy_pool_is_a_503() -> None:
    error = from_database(PoolTimeoutError())
    assert status_of(type(error)) == 503
    assert error.extras["retry_after"] == 1


def test_a_route_declares_its_refusals() -> None:
    declared = problems(404, SoldOutError, ConflictError)
    assert set(declared) == {404, 409}
    assert declared[404] == describe(404)
    assert "sold_out_in_a_test" in declared[409]["description"]
    assert list(declared[409]["content"]) == ["application/problem+json"]
    assert status_of(NotFoundError) == 404
