"""What anybody sees of Bruno before buying: his reviews, what he has on sale, how fast he ships."""

from typing import Any

import httpx
from fastapi import FastAPI

from orderhub.api.dependencies import Parts
from orderhub.kit.ids import parse_id
from tests.api.conftest import Join
from tests.making.items import add_item
from tests.making.listings import add_service


async def page_of(client: httpx.AsyncClient, person: httpx.AsyncClient) -> dict[str, Any]:
    account = (await person.get("/v1/me")).json()["id"]
    return (await client.get(f"/v1/accounts/{account}")).json()


async def test_a_page_counts_what_is_on_sale(app: FastAPI, join: Join, client: httpx.AsyncClient) -> None:
    bruno = await join("bruno")
    shown = await page_of(client, bruno)
    assert (shown["active_listings"], shown["usual_time_to_ship"], shown["trader"]) == (0, None, None)
    seller_id = parse_id("acc", shown["id"])
    assert seller_id is not None
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        await add_item(session, seller_id)
        await add_item(session, seller_id, state="paused")
        await add_service(session, seller_id)
    assert (await page_of(client, bruno))["active_listings"] == 2
