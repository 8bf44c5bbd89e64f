"""Only exact values pass the edge: integers that are integers, zoned instants, text that can be stored."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, Form
from pydantic import Field, TypeAdapter, ValidationError

from orderhub.api.bodies import MOST_BODY
from orderhub.api.dependencies import Public
from orderhub.api.pairs import read_pairs
from orderhub.api.schemas.base import (
    Currency,
    Day,
    Duration,
    Flag,
    Input,
    Instant,
    ListingId,
    MoneyIn,
    MoneyOut,
    Name,
    Note,
    Output,
    PageOut,
    Text,
    WholeNumber,
)
from orderhub.kit.errors import InvalidError
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.strict_json import MOST_LEVELS, MOST_MARKS

router = APIRouter(prefix="/strict", tags=["service"], dependencies=[Public])
Shell = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]
LISTING = UUID("019a9f3c-5e80-7cc3-98c4-dc0c0c07398f")


class Inner(Input):
    amount: Annotated[int, Field(ge=1)] = 1
    flags: tuple[bool, ...] = ()


class Everything(Input):
    number: int = 0
    flag: bool = False
    numbers: tuple[int, ...] = ()
    inner: Inner | None = None
    title: Annotated[str, Text(10)] = "x"
    note: Note = "x"
    name: Annotated[str, Name(10)] = "x"
    at: Instant | None = None
    day: Day | None = None
    after: Duration | None = None
    price: MoneyIn | None = None
    currency: Currency = "EUR"
    listing_id: ListingId | None = None
    anything: Annotated[dict[str, Any], Field(default_factory=dict)]


class Shown(Output):
    listing_id: ListingId
    at: Instant
    after: Duration
    price: MoneyOut


@router.post("")
async def read_everything(body: Everything) -> None:
    """Read a body of every type."""


@router.get("/{number}")
async def read_number(number: WholeNumber, flag: Flag | None = None, word: str | None = None) -> str:
    """Read numbers, truths and words that come as text."""
    return f"{number} {flag} {word}"


class SignIn(Input):
    username: str
    password: str = ""


@router.post("/form")
async def read_form(form: Annotated[SignIn, Form()]) -> str:
    """Read a form."""
    return form.username


@pytest.fixture
async def client(shell: Shell) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that needs no database to refuse."""
    async with shell(router) as found:
        yield found


REFUSED = [
    {"number": True},
    {"number": 5.0},
    {"number": 1e3},
    {"number": "5"},
    {"number": None},
    {"number": 2**63},
    {"number": -(2**63) - 1},
    {"numbers": [1, True]},
    {"numbers": [1.5]},
    {"inner": {"amount": 1.0}},
    {"inner": {"amount": 0}},
    {"inner": {"flags": [1]}},
    {"inner": {"unknown": 1}},
    {"flag": 1},
    {"flag": "true"},
    {"title": 5},
    {"title": ""},
    {"title": "   "},
    {"title": "x" * 11},
    {"title": "a\nb"},
    {"title": "a\x00b"},
    {"title": "a\x9fb"},
    {"title": "a\ud800"},
    {"note": "a\x00b"},
    {"name": ""},
    {"name": "\u200b\u3164"},
    {"name": "\u2800"},
    {"name": "a\u202eb"},
    {"name": "a\u2066b"},
    {"name": "\u2028a"},
    {"name": "a\x00b"},
    {"name": "x" * 11},
    {"note": "x" * 2001},
    {"at": "2026-11-21T09:30:00"},
    {"at": "2026-11-21 09:30:00Z"},
    {"at": "2026-13-21T09:30:00Z"},
    {"at": "2026-11-21T09:30:00+25:00"},
    {"at": "0001-01-01T00:00:00+14:00"},
    {"at": 1795253400},
    {"at": "2026-11-21"},
    {"day": "2026-02-30"},
    {"day": "2026-11-21T00:00:00Z"},
    {"after": "P"},
    {"after": "PT"},
    {"after": "P1DT"},
    {"after": "P1M"},
    {"after": "7 days"},
    {"after": 7},
    {"after": "P99999999999D"},
    {"price": {"amount": 1.0, "currency": "EUR"}},
    {"price": {"amount": True, "currency": "EUR"}},
    {"price": {"amount": -1, "currency": "EUR"}},
    {"price": {"amount": 10**12 + 1, "currency": "EUR"}},
    {"price": {"amount": 1, "currency": "EUX"}},
    {"price": {"amount": 1}},
    {"price": 5},
    {"currency": "eur"},
    {"currency": "XXX"},
    {"listing_id": str(LISTING)},
    {"listing_id": show_id("ord", LISTING)},
    {"listing_id": "lst_"},
    {"listing_id": "lst_8zzzzzzzzzzzzzzzzzzzzzzzzz"},
    {"unknown": 1},
]


@pytest.mark.parametrize("body", REFUSED, ids=str)
def test_what_is_only_nearly_right_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Everything.model_validate(body)


def test_what_is_right_is_read() -> None:
    read = Everything.model_validate(
        {
            "number": -(2**63),
            "flag": True,
            "numbers": [2**63 - 1],
            "title": "  Cafe\u0301 ",
            "note": "Bonjour,\n\tà demain",
            "at": "2026-11-21T09:30:00.25+01:00",
            "day": "2026-11-21",
            "after": "P1DT2H",
            "price": {"amount": 12500, "currency": "XOF"},
            "listing_id": show_id("lst", LISTING),
        }
    )
    assert read.title == "Café"
    assert read.note == "Bonjour,\n\tà demain"
    assert read.at == datetime(2026, 11, 21, 8, 30, 0, 250_000, UTC)
    assert read.day == date(2026, 11, 21)
    assert read.after == timedelta(days=1, hours=2)
    assert read.price is not None
    assert read.price.money().shown() == {"amount": 12500, "currency": "XOF"}
    assert read.listing_id == LISTING


def test_the_schema_says_the_bounds() -> None:
    properties = Everything.model_json_schema()["properties"]
    assert properties["number"] == {
        "default": 0,
        "title": "Number",
        "type": "integer",
        "minimum": -(2**63),
        "maximum": 2**63 - 1,
    }
    assert properties["title"]["maxLength"] == 10
    assert properties["listing_id"]["anyOf"][0]["pattern"].startswith("^lst_")


def test_answers_are_shown_in_one_form() -> None:
    shown = PageOut[Shown](
        data=[
            Shown(
                listing_id=LISTING,
                at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
                after=timedelta(hours=48),
                price=MoneyOut(amount=-5, currency="EUR"),
            )
        ],
        next_cursor=None,
    )
    assert shown.model_dump(mode="json") == {
        "data": [
            {
                "listing_id": show_id("lst", LISTING),
                "at": "2026-11-21T09:30:00Z",
                "after": "P2D",
                "price": {"amount": -5, "currency": "EUR"},
            }
        ],
        "next_cursor": None,
    }
    assert PageOut[Shown].__name__ == "ShownPage"


def test_every_id_reads_what_it_shows() -> None:
    adapter = TypeAdapter[UUID](ListingId)
    for _ in range(100):
        identity = new_id()
        assert adapter.validate_python(adapter.dump_python(identity)) == identity


RAW = [
    (b'{"number": NaN}', 400),
    (b'{"anything": {"a": Infinity}}', 400),
    (b'{"anything": {"a": "Infinity War"}}', 200),
    (b'{"anything": {"a": "\\u0000"}}', 422),
    (b'{"anything": {"\\u0000": 1}}', 422),
    (b'{"anything": {"a": ["\\ud800"]}}', 422),
    (b'{"anything": {"a": "\\ud83d\\ude00"}}', 200),
    (b'{"anything": {"a": "\xed\xa0\x80"}}', 400),
    (b'{"number": 1, "unknown\\ud800": 1}', 422),
    ('{"number": 1}'.encode("utf-16"), 400),
    ('{"number": 1}'.encode("utf-16-le"), 400),
    (b"\xff", 400),
    (b'{"number": 1', 400),
    (b'{"number": ' + b"9" * 5000 + b"}", 400),
    (b'{"anything": {"a": ' + b"[" * (MOST_LEVELS - 2) + b"]" * (MOST_LEVELS - 2) + b"}}", 200),
    (b'{"anything": {"a": ' + b"[" * MOST_LEVELS + b"]" * MOST_LEVELS + b"}}", 422),
    (b"[" * 100_000, 422),
    (b"[" * 33 + b'\\"' * 16_000, 422),
    (b'{"anything": {"a": [' + b'"",' * MOST_MARKS + b'""]}}', 422),
    (b'{"number": 1, "number": 1}', 422),
    (b'{"number": 1, "\\u006eumber": 2}', 422),
    (b'{"anything": {"a": [{"b": 1, "b": 1}]}}', 422),
    (b'{"anything": {"a": [{"b": 1}, {"b": 1}]}}', 200),
    (b'{"anything": {"a": "' + b"[" * 1000 + b'"}}', 200),
    (b'{"note": "' + b"x" * MOST_BODY + b'"}', 413),
    (b"[]", 422),
    (b'"text"', 422),
    (b"", 422),
]


async def test_bodies_that_python_would_take(client: httpx.AsyncClient) -> None:
    for body, status in RAW:
        answer = await client.post("/v1/strict", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == status, (body[:80], answer.text)
        assert status == 200 or answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["application/JSON", "APPLICATION/json; charset=utf-8", "Application/Problem+Json"])
async def test_json_is_json_however_its_type_is_written(client: httpx.AsyncClient, kind: str) -> None:
    body = b'{"number": 1, "anything": {"a": NaN}}'
    assert (await client.post("/v1/strict", content=body, headers={"Content-Type": kind})).status_code == 400


async def test_a_body_is_bounded_whether_or_not_its_length_is_told(client: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b" " * (MOST_BODY // 2)

    answer = await client.post("/v1/strict", content=pieces(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


async def test_a_body_of_another_sort_is_a_415(client: httpx.AsyncClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml"):
        answer = await client.post("/v1/strict", content=b'{"number": 1}', headers={"Content-Type": kind})
        assert answer.status_code == 415
        assert answer.json()["code"] == "unsupported_media_type"


TEXTS = [
    ("/v1/strict/5", 200),
    ("/v1/strict/-5", 200),
    ("/v1/strict/5?flag=true", 200),
    ("/v1/strict/5.0", 404),
    ("/v1/strict/1e3", 404),
    ("/v1/strict/1_000", 404),
    ("/v1/strict/9223372036854775808", 404),
    ("/v1/strict/5?flag=1", 422),
    ("/v1/strict/5?flag=yes", 422),
    ("/v1/strict/5?flag=True", 422),
    ("/v1/strict/5?flag=%00", 422),
    ("/v1/strict/5?word=%FF", 422),
    ("/v1/strict/5?word=%ED%A0%80", 422),
    ("/v1/strict/5?word=%C3%A9t%C3%A9", 200),
    ("/v1/strict/5?w%FF=1", 422),
    ("/v1/strict/5?word=1" + "&word=1" * 100, 422),
]


async def test_numbers_and_truths_as_text(client: httpx.AsyncClient) -> None:
    for path, status in TEXTS:
        assert (await client.get(path)).status_code == status, path


@pytest.mark.parametrize("query", [b"word=\xc3\xa9", b"word=\xff", b"\xff"])
def test_a_query_is_ascii(query: bytes) -> None:
    with pytest.raises(InvalidError):
        read_pairs(query)


FORMS = [
    (b"username=awa%40example.fr", 200),
    (b"username=%C3%89lodie+Ndiaye", 200),
    (b"username=%FF", 422),
    (b"username=%ED%A0%80", 422),
    (b"username=\xe9", 422),
    (b"username=%00", 422),
    (b"%FF=1&username=awa", 422),
    (b"username=awa&username=bruno", 422),
    (b"username=awa" + b"&a=1" * 100, 422),
]


async def test_a_form_is_text_in_utf_8_with_each_field_once(client: httpx.AsyncClient) -> None:
    for form, status in FORMS:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await client.post("/v1/strict/form", content=form, headers=headers)
        assert answer.status_code == status, (form, answer.text)
        assert status == 200 or answer.headers["Content-Type"] == "application/problem+json"


async def test_nothing_but_an_upload_comes_in_parts(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/strict/form", files={"username": (None, b"\xff")})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
