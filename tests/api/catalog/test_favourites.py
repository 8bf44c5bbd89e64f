"""Awa keeps Bruno's jacket over HTTP, and he sees that she does."""

import asyncio

import httpx

from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, show_id
from tests.api.catalog.test_items import sell
from tests.making.bounds import set_bounds


async def test_from_a_heart_to_none(
    bruno: httpx.AsyncClient, awa: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    path = f"/v1/listings/{(await sell(bruno))['id']}"
    for _ in range(2):
        assert (await awa.put(f"{path}/favourite")).status_code == 204

    seen = [(await reader.get(path)).json() for reader in (awa, bruno, client)]
    assert [(one["favourite_count"], one["is_favourite"]) for one in seen] == [(1, True), (1, False), (1, False)]
    assert (await client.get("/v1/listings")).json()["data"][0]["favourite_count"] == 1
    [mine] = (await awa.get("/v1/me/favourites")).json()["data"]
    assert (mine["listing"]["id"], mine["state"]) == (seen[0]["id"], "active")
    [who] = (await bruno.get(f"{path}/favourites")).json()["data"]
    assert (who["person"]["handle"], who["at"]) == ("awa", mine["at"])

    for _ in range(2):
        assert (await awa.delete(f"{path}/favourite")).status_code == 204
    assert (await awa.get(path)).json()["is_favourite"] is False
    assert (await awa.get("/v1/me/favourites")).json()["data"] == []


async def test_what_is_refused(bruno: httpx.AsyncClient, awa: httpx.AsyncClient) -> None:
    path = f"/v1/listings/{(await sell(bruno))['id']}"
    own = await bruno.put(f"{path}/favourite")
    assert (own.status_code, own.json()["code"]) == (403, "own_favourite")
    assert (await awa.get(f"{path}/favourites")).status_code == 403
    absent = f"/v1/listings/{show_id('lst', new_id())}"
    for answer in (await awa.put(f"{absent}/favourite"), await awa.delete(f"{absent}/favourite")):
        assert (answer.status_code, answer.json()["code"]) == (404, "listing_not_found")
    assert (await bruno.get(f"{absent}/favourites")).status_code == 404


async def test_a_person_has_so_many_and_not_one_more(
    bruno: httpx.AsyncClient, awa: httpx.AsyncClient, database: Database
) -> None:
    await set_bounds(database, favourites=2)
    paths = [f"/v1/listings/{(await sell(bruno))['id']}/favourite" for _ in range(4)]

    answers = await asyncio.gather(*(awa.put(path) for path in paths))

    assert sorted(answer.status_code for answer in answers) == [204, 204, 409, 409]
    refused = next(answer.json() for answer in answers if answer.status_code == 409)
    assert (refused["code"], refused["limit"], refused["most"]) == ("limit_reached", "favourites", 2)
    kept = next(path for path, answer in zip(paths, answers, strict=True) if answer.status_code == 204)
    assert (await awa.put(kept)).status_code == 204
    await awa.delete(kept)
    assert (await awa.put(kept)).status_code == 204
