"""Two changes of one's account at the same instant: the second is made of what the first left."""

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import select

from orderhub.api.dependencies import Parts
from orderhub.domain.accounts.erasure import erase
from orderhub.domain.accounts.models import Account
from orderhub.kit.clock import real_now
from orderhub.kit.ids import parse_id
from tests.making.pictures import saved, scene
from tests.making.uploads import send
from tests.making.waits import holding, until_waiting

REMOVED = "photo_id = NULL, photo_width = NULL, photo_height = NULL WHERE photo_id IS NOT NULL"
WIDE, HIGH = saved(scene((40, 20)), "PNG"), saved(scene((20, 40)), "PNG")


async def photo_by(person: httpx.AsyncClient, content: bytes) -> str:
    """The id of an upload to be shown."""
    return (await send(person, content, purpose="photo")).json()["id"]


def patched(person: httpx.AsyncClient, **changes: Any) -> asyncio.Task[httpx.Response]:
    return asyncio.create_task(person.patch("/v1/me", json=changes))


async def test_a_photo_that_is_removed_while_another_is_set_leaves_that_one_whole(app: FastAPI, join: Any) -> None:
    parts: Parts = app.state.parts
    bruno = await join("bruno")
    first, second = await photo_by(bruno, WIDE), await photo_by(bruno, WIDE)
    assert (await bruno.patch("/v1/me", json={"photo_id": first})).status_code == 200

    async with holding(parts.database, f"UPDATE accounts SET {REMOVED}"):
        setting = patched(bruno, photo_id=second)
        await until_waiting(parts.database, 1)
    answer = await setting

    assert answer.status_code == 200, answer.text
    photo = (await bruno.get("/v1/me")).json()["photo"]
    assert (photo["id"], photo["width"], photo["height"]) == (second, 40, 20)


async def test_of_two_photos_at_once_the_last_keeps_its_own_size(app: FastAPI, join: Any) -> None:
    parts: Parts = app.state.parts
    bruno = await join("bruno")
    wide, high = await photo_by(bruno, WIDE), await photo_by(bruno, HIGH)
    assert (await bruno.patch("/v1/me", json={"photo_id": wide})).status_code == 200

    other = {"id": parse_id("fil", high)}
    async with holding(
        parts.database, "UPDATE accounts SET photo_id = :id, photo_width = 20, photo_height = 40", **other
    ):
        setting = patched(bruno, photo_id=wide, display_name="B.")
        await until_waiting(parts.database, 1)
    assert (await setting).status_code == 200

    photo = (await bruno.get("/v1/me")).json()["photo"]
    assert (photo["id"], photo["width"], photo["height"]) == (wide, 40, 20)


async def test_who_is_erased_meanwhile_gets_no_name_again(app: FastAPI, join: Any) -> None:
    parts: Parts = app.state.parts
    bruno = await join("bruno")
    photo_id = await photo_by(bruno, WIDE)

    async with parts.database.session() as session:
        account = (await session.scalars(select(Account).where(Account.handle == "bruno"))).one()
        await erase(session, account, now=real_now())
        await session.flush()
        naming = patched(bruno, photo_id=photo_id, display_name="Encore moi", phone="+33612345678")
        await until_waiting(parts.database, 1)
    answer = await naming

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    async with parts.database.session() as session:
        left = (await session.scalars(select(Account).where(Account.erased_at.is_not(None)))).one()
    assert (left.photo_id, left.phone) == (None, None)
    assert left.display_name != "Encore moi"
