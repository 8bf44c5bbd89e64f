"""Awa leaves: not while somebody has to answer her quote, and then with what it says of her."""

from typing import Any

import httpx
from sqlalchemy import select

from orderhub.domain.quotes.models import Quote
from orderhub.infra.database import Database
from tests.api.quotes.conftest import act


async def test_an_open_quote_keeps_the_account(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, quote: dict[str, Any], hub: Database
) -> None:
    refused = await awa.delete("/v1/me")
    assert (refused.status_code, refused.json()["code"]) == (409, "still_open")
    assert [(matter["kind"], matter["id"]) for matter in refused.json()["open"]] == [("quote", quote["id"])]

    await act(awa, quote, "cancel")
    (exported,) = (await awa.get("/v1/me/export")).json()["quotes"]
    assert (exported["id"], exported["terms_accepted"]["address"]) == (quote["id"], "127.0.0.1")
    assert (await awa.delete("/v1/me")).status_code == 204
    async with hub.session() as session:
        kept = (await session.scalars(select(Quote))).one()
    assert (kept.address, kept.message, kept.status) == ({}, None, "cancelled")
    assert set(kept.terms_accepted) == {"version", "at"}
    shown = (await chloe.get(f"/v1/quotes/{quote['id']}")).json()
    assert (shown["address"], shown["message"]) == (None, None)
    assert shown["buyer"]["display_name"] == "Compte supprimé"
