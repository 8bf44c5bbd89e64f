"""Many write at once: bounds hold, and one listing has one case."""

import asyncio

import httpx
from fastapi import FastAPI

from orderhub.api.dependencies import Parts
from tests.making.bounds import set_bounds


async def test_a_day_has_its_bound_however_fast_somebody_writes(
    app: FastAPI, awa: httpx.AsyncClient, jacket: str
) -> None:
    parts: Parts = app.state.parts
    await set_bounds(parts.database, comments_of_a_day=2)
    answers = await asyncio.gather(*(awa.post(jacket, json={"text": f"Question {n}"}) for n in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409, 409]
    assert len((await awa.get(jacket)).json()["data"]) == 2


async def test_two_flagged_at_once_wait_behind_one_case(
    awa: httpx.AsyncClient, driss: httpx.AsyncClient, chloe: httpx.AsyncClient, jacket: str
) -> None:
    text = {"text": "Appelle-moi au 06 12 34 56 78"}
    answers = await asyncio.gather(*(person.post(jacket, json=text) for person in (awa, driss, awa, driss)))
    assert {answer.status_code for answer in answers} == {201}
    (case,) = (await chloe.get("/v1/staff/flags")).json()["data"]
    assert len(case["flags"]) == 4


async def test_a_listing_has_its_bound_whoever_writes(
    app: FastAPI, awa: httpx.AsyncClient, driss: httpx.AsyncClient, jacket: str
) -> None:
    parts: Parts = app.state.parts
    await set_bounds(parts.database, comments=10)
    people = (awa, driss) * 6
    answers = await asyncio.gather(*(person.post(jacket, json={"text": "Bonjour"}) for person in people))
    assert sorted(answer.status_code for answer in answers) == [201] * 10 + [409] * 2
