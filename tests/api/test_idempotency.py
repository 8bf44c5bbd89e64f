"""A repeated POST has one effect and one answer; what was not committed was never answered.

The routes write into a table of their own, whose rows are the effects that are counted.
"""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import uuid4

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Response
from fastapi.openapi.utils import get_openapi
from sqlalchemy import text

from orderhub.api.dependencies import Caller, DatabaseSession, Parts, SignedIn, StaffRole
from orderhub.api.idempotency import NONE, REQUIRED, SECRET, IdempotentRoute, idempotency
from orderhub.api.schemas.base import Input, Output
from orderhub.infra.database import Database
from orderhub.kit.errors import ConflictError
from orderhub.kit.text import Label

router = APIRouter(prefix="/notes", tags=["service"], route_class=IdempotentRoute)


class NoteIn(Input):
    words: str


class TaggedNoteIn(NoteIn):
    tags: dict[str, Any]


class NoteOut(Output):
    id: str
    words: str


async def write(session: DatabaseSession, words: str) -> NoteOut:
    identity = str(uuid4())
    await session.execute(text("INSERT INTO notes VALUES (:id, :words)"), {"id": identity, "words": words})
    return NoteOut(id=identity, words=words)


@router.post("", status_code=201)
async def write_note(body: NoteIn, session: DatabaseSession, caller: SignedIn, response: Response) -> NoteOut:
    response.headers["ETag"] = '"1"'
    return await write(session, body.words)


@router.post("/tagged")
async def write_tagged_note(body: TaggedNoteIn, session: DatabaseSession, caller: SignedIn) -> NoteOut:
    return await write(session, body.words)


@router.post("/required")
@idempotency(REQUIRED)
async def write_required_note(body: NoteIn, session: DatabaseSession, caller: SignedIn) -> NoteOut:
    return await write(session, body.words)


@router.post("/secret")
@idempotency(SECRET)
async def write_secret_note(body: NoteIn, session: DatabaseSession, caller: SignedIn) -> NoteOut:
    return await write(session, body.words)


@router.post("/slow")
async def write_slow_note(body: NoteIn, session: DatabaseSession, caller: SignedIn) -> NoteOut:
    note = await write(session, body.words)
    await session.execute(text("SELECT pg_sleep(0.3)"))
    return note


@router.post("/refused")
async def refuse_note(body: NoteIn, session: DatabaseSession, caller: SignedIn) -> NoteOut:
    await write(session, body.words)
    raise ConflictError(Label("Pas maintenant.", "Not now."))


@router.post("/staff")
async def write_staff_note(
    body: NoteIn, session: DatabaseSession, caller: Annotated[Caller, Depends(StaffRole("support"))]
) -> NoteOut:
    return await write(session, body.words)


@router.post("/uncommitted")
async def write_uncommitted_note(session: DatabaseSession, caller: SignedIn) -> NoteOut:
    note = await write(session, "lost")
    await session.execute(text("INSERT INTO checked_at_commit VALUES (1), (1)"))
    return note


@router.post("/none")
@idempotency(NONE)
async def write_plain_note(body: NoteIn, session: DatabaseSession, caller: SignedIn) -> NoteOut:
    return await write(session, body.words)


@pytest.fixture
def more_routers() -> Sequence[APIRouter]:
    return (router,)


@pytest.fixture
async def notes(app: FastAPI) -> Database:
    """The database with the table of effects, and one whose rule is checked at COMMIT only."""
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        await session.execute(text("CREATE TABLE notes (id text PRIMARY KEY, words text)"))
        await session.execute(
            text("CREATE TABLE checked_at_commit (id int, UNIQUE (id) DEFERRABLE INITIALLY DEFERRED)")
        )
    return parts.database


async def count(database: Database, table: str = "notes") -> Any:
    async with database.session() as session:
        return await session.scalar(text(f"SELECT count(*) FROM {table}"))


def key(value: str) -> dict[str, str]:
    return {"Idempotency-Key": value}


WORDS = {"words": "Bonjour"}


async def test_the_same_request_again_has_one_effect_and_the_same_answer(
    awa: httpx.AsyncClient, notes: Database
) -> None:
    first = await awa.post("/v1/notes", json=WORDS, headers=key("a"))
    again = await awa.post("/v1/notes", json=WORDS, headers=key("a"))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"] == '"1"'
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert await count(notes) == 1


SAME = [
    b'{"words":"Bonjour","tags":{"a":1,"b":[{"c":1,"d":2}]}}',
    b'{ "tags": {"b": [{"d": 2, "c": 1}], "a": 1},\n "words": "Bonjour" }',
    b'{"words": "\\u0042onjour", "tags": {"a": 1, "b": [{"c": 1, "d": 2}]}}',
]
OTHERS = [
    b'{"words":"Bonjour","tags":{"a":2,"b":[{"c":1,"d":2}]}}',
    b'{"words":"Bonjour ","tags":{"a":1,"b":[{"c":1,"d":2}]}}',
    b'{"words":"Bonjour","tags":{"a":1,"b":[{"c":1},{"d":2}]}}',
]


async def test_the_order_of_names_and_the_spacing_say_nothing(awa: httpx.AsyncClient, notes: Database) -> None:
    headers = key("a") | {"Content-Type": "application/json"}
    answers = [await awa.post("/v1/notes/tagged", content=body, headers=headers) for body in SAME]
    assert len({answer.content for answer in answers}) == 1, [answer.text for answer in answers]
    for body in OTHERS:
        refused = await awa.post("/v1/notes/tagged", content=body, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert await count(notes) == 1


async def test_repeats_of_what_is_finished_are_all_answered(awa: httpx.AsyncClient, notes: Database) -> None:
    first = await awa.post("/v1/notes", json=WORDS, headers=key("a"))
    for _ in range(5):
        repeats = await asyncio.gather(*(awa.post("/v1/notes", json=WORDS, headers=key("a")) for _ in range(8)))
        assert [answer.status_code for answer in repeats] == [201] * 8
        assert {answer.content for answer in repeats} == {first.content}
    assert await count(notes) == 1


async def test_a_replay_commits_a_write(awa: httpx.AsyncClient, notes: Database) -> None:
    for _ in range(3):
        await awa.post("/v1/notes", json=WORDS, headers=key("a"))
    async with notes.session() as session:
        assert await session.scalar(text("SELECT replays FROM idempotency_keys")) == 2


async def test_without_a_key_every_request_has_its_effect(awa: httpx.AsyncClient, notes: Database) -> None:
    for _ in range(2):
        await awa.post("/v1/notes", json=WORDS)
    assert await count(notes) == 2
    assert await count(notes, "idempotency_keys") == 0


async def test_the_same_key_with_another_body_is_refused(awa: httpx.AsyncClient, notes: Database) -> None:
    await awa.post("/v1/notes", json=WORDS, headers=key("a"))
    refused = await awa.post("/v1/notes", json={"words": "Bonsoir"}, headers=key("a"))
    assert refused.status_code == 422
    assert refused.json()["code"] == "idempotency_key_reused"
    assert await count(notes) == 1


async def test_a_key_belongs_to_one_account_and_one_operation(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, notes: Database
) -> None:
    answers = [
        await awa.post("/v1/notes", json=WORDS, headers=key("a")),
        await bruno.post("/v1/notes", json=WORDS, headers=key("a")),
        await awa.post("/v1/notes/required", json=WORDS, headers=key("a")),
    ]
    assert len({answer.json()["id"] for answer in answers}) == 3
    assert await count(notes) == 3


async def test_a_required_key_that_is_missing(awa: httpx.AsyncClient, notes: Database) -> None:
    refused = await awa.post("/v1/notes/required", json=WORDS)
    assert refused.status_code == 400
    assert refused.json()["code"] == "idempotency_key_required"
    assert await count(notes) == 0


async def test_a_secret_is_neither_kept_nor_answered_twice(awa: httpx.AsyncClient, notes: Database) -> None:
    first = await awa.post("/v1/notes/secret", json=WORDS, headers=key("a"))
    again = await awa.post("/v1/notes/secret", json=WORDS, headers=key("a"))
    assert first.status_code == 200
    assert again.status_code == 409
    assert again.json()["code"] == "already_done"
    async with notes.session() as session:
        assert await session.scalar(text("SELECT body FROM idempotency_keys")) == b""
    assert await count(notes) == 1


async def test_in_parallel_one_runs_and_the_others_are_told_to_wait(awa: httpx.AsyncClient, notes: Database) -> None:
    answers = await asyncio.gather(*(awa.post("/v1/notes/slow", json=WORDS, headers=key("a")) for _ in range(5)))
    done = [answer for answer in answers if answer.status_code == 200]
    waiting = [answer for answer in answers if answer.status_code == 409]
    assert len(done) + len(waiting) == 5
    assert len({answer.json()["id"] for answer in done}) == 1
    assert waiting
    assert {answer.json()["code"] for answer in waiting} == {"idempotency_key_in_use"}
    assert {answer.headers["Retry-After"] for answer in waiting} == {"1"}
    assert await count(notes) == 1
    later = await awa.post("/v1/notes/slow", json=WORDS, headers=key("a"))
    assert later.json() == done[0].json()


async def test_a_refusal_is_not_kept_but_decided_anew(awa: httpx.AsyncClient, notes: Database) -> None:
    for _ in range(2):
        refused = await awa.post("/v1/notes/refused", json=WORDS, headers=key("a"))
        assert refused.status_code == 409
        assert refused.json()["code"] == "conflict"
    assert await count(notes) == 0
    assert await count(notes, "idempotency_keys") == 0


async def test_a_replay_is_authorised_afresh(app: FastAPI, join: Any, notes: Database) -> None:
    chloe = await join("chloe", "support")
    first = await chloe.post("/v1/notes/staff", json=WORDS, headers=key("a"))
    assert first.status_code == 200
    parts: Parts = app.state.parts
    claims = parts.tokens.read(chloe.headers["Authorization"].removeprefix("Bearer "))
    demoted = parts.tokens.issue(type(claims)(claims.account_id, claims.session_id, frozenset()))
    again = await chloe.post("/v1/notes/staff", json=WORDS, headers=key("a") | {"Authorization": f"Bearer {demoted}"})
    assert again.status_code == 403
    async with notes.session() as session:
        await session.execute(text("UPDATE sign_in_sessions SET revoked_at = now()"))
    signed_out = await chloe.post("/v1/notes/staff", json=WORDS, headers=key("a"))
    assert signed_out.status_code == 401


async def test_a_failed_commit_is_an_error_and_keeps_nothing(awa: httpx.AsyncClient, notes: Database) -> None:
    answer = await awa.post("/v1/notes/uncommitted", headers=key("a"))
    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert await count(notes) == 0
    assert await count(notes, "idempotency_keys") == 0


async def test_a_connection_lost_at_commit_is_a_503(awa: httpx.AsyncClient, notes: Database) -> None:
    waiting = asyncio.create_task(awa.post("/v1/notes/slow", json=WORDS, headers=key("a")))
    await asyncio.sleep(0.1)
    async with notes.session() as session:
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()"
            )
        )
    answer = await waiting
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    assert await count(notes) == 0


async def test_a_key_older_than_a_week_is_new(awa: httpx.AsyncClient, notes: Database) -> None:
    await awa.post("/v1/notes", json=WORDS, headers=key("a"))
    async with notes.session() as session:
        await session.execute(text("UPDATE idempotency_keys SET created_at = now() - interval '8 days'"))
    again = await awa.post("/v1/notes", json=WORDS, headers=key("a"))
    assert "Idempotency-Replayed" not in again.headers
    assert await count(notes) == 2
    assert await count(notes, "idempotency_keys") == 1


@pytest.mark.parametrize("value", ["é", "a b", "x" * 201])
async def test_a_key_is_visible_ascii(awa: httpx.AsyncClient, notes: Database, value: str) -> None:
    answer = await awa.post("/v1/notes", json=WORDS, headers=[(b"Idempotency-Key", value.encode())])
    assert answer.status_code == 422
    assert await count(notes) == 0


async def test_an_operation_that_takes_no_key_does_not_mention_it(
    awa: httpx.AsyncClient, app: FastAPI, notes: Database
) -> None:
    for _ in range(2):
        await awa.post("/v1/notes/none", json=WORDS, headers=key("a"))
    assert await count(notes) == 2
    paths = get_openapi(title="Notes", version="1", routes=app.routes)["paths"]
    assert "Idempotency-Key" not in str(paths["/v1/notes/none"])
    assert "Idempotency-Key" in str(paths["/v1/notes"])
