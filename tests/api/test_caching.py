"""What was read once is asked for again: 304 where nothing has changed, and what an answer varies with."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from orderhub.api.caching import LONGEST_CONDITION, VARIES

PUBLIC = ("/v1/categories", "/v1/countries", "/v1/terms", "/v1/processes", "/v1/processes/service", "/v1/listings")


@pytest.mark.parametrize("path", PUBLIC)
async def test_what_has_not_changed_is_not_sent_again(client: httpx.AsyncClient, path: str) -> None:
    first = await client.get(path)
    tag = first.headers["ETag"]
    assert set(VARIES.split(", ")) <= set(first.headers["Vary"].split(", "))
    for condition in (tag, f'"other", {tag}', f"W/{tag}", "*", tag.removesuffix('"') + '-gzip"'):
        again = await client.get(path, headers={"If-None-Match": condition})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag), condition
        assert "content-type" not in again.headers
        head = await client.head(path, headers={"If-None-Match": condition})
        assert (head.status_code, head.headers["ETag"]) == (304, tag)
    for condition in ('"other"', "", "other", tag + '"' * LONGEST_CONDITION):
        assert (await client.get(path, headers={"If-None-Match": condition})).json() == first.json()


async def test_another_language_is_another_answer(client: httpx.AsyncClient) -> None:
    tag = (await client.get("/v1/categories", headers={"Accept-Language": "fr"})).headers["ETag"]
    english = await client.get("/v1/categories", headers={"Accept-Language": "en", "If-None-Match": tag})
    assert (english.status_code, english.headers["ETag"] != tag) == (200, True)


async def test_a_tag_that_was_read_is_good_for_a_write(join: Any) -> None:
    awa = await join("awa")
    cart = (await awa.post("/v1/carts", json={})).headers["Location"]
    first = await awa.get(cart)
    tag = first.headers["ETag"]
    assert tag.startswith(f'"{first.json()["version"]}-')
    assert (await awa.get(cart, headers={"If-None-Match": tag})).status_code == 304
    written = await awa.post(f"{cart}/lines", json={"name": "Wax", "quantity": 1}, headers={"If-Match": tag})
    assert written.status_code in (200, 201, 422), written.text
    changed = await awa.get(cart, headers={"If-None-Match": tag})
    assert changed.status_code == (304 if written.status_code == 422 else 200)


async def test_refusals_and_secrets_have_no_tag(client: httpx.AsyncClient, join: Any) -> None:
    awa = await join("awa")
    for answer in (await client.get("/v1/me"), await awa.get("/v1/me/export")):
        assert "etag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_document_says_it_of_every_get_that_answers_json(app: FastAPI) -> None:
    asked = 0
    for path, item in app.openapi()["paths"].items():
        entry = item.get("get", {"responses": {}})
        if "application/json" not in entry["responses"].get("200", {}).get("content", {}):
            continue
        names = {parameter.get("name") for parameter in entry["parameters"]}
        assert "If-None-Match" in names, path
        assert "304" in entry["responses"], path
        assert {"ETag", "Vary"} <= entry["responses"]["200"]["headers"].keys(), path
        asked += 1
    assert asked > 60


async def test_an_origin_is_part_of_what_an_answer_varies_with(app: FastAPI, client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/categories", headers={"Origin": app.state.parts.settings.server.cors_origins[0]})
    assert "Origin" in answer.headers["Vary"]
