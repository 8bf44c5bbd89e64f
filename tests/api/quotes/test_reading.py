"""Reading quotes: Awa her own, staff everybody's, Bruno none of them."""

from typing import Any

import httpx
import pytest

from orderhub.api.schemas.quotes import QuoteOut, QuoteSummaryOut, QuoteVersionOut
from orderhub.kit.ids import new_id, show_id
from tests.api.quotes.conftest import Lead


async def test_a_list_has_ones_own_and_for_staff_everybodys(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, quote: dict[str, Any]
) -> None:
    (mine,) = (await awa.get("/v1/quotes")).json()["data"]
    assert (mine["id"], mine["title"], mine["role"]) == (quote["id"], "Sandales (+1)", "buyer")
    assert QuoteSummaryOut.model_validate(mine).model_dump(mode="json") == mine
    assert (await bruno.get("/v1/quotes")).json()["data"] == []
    assert (await chloe.get("/v1/quotes")).json()["data"] == []
    (found,) = (await chloe.get("/v1/quotes", params={"role": "staff"})).json()["data"]
    assert (found["id"], found["role"], found["buyer"]["handle"]) == (quote["id"], "staff", "awa")
    refused = await awa.get("/v1/quotes", params={"role": "staff"})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


async def test_a_list_is_narrowed_by_status(chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead) -> None:
    await lead("in_preparation")
    asked: dict[str, Any] = {"role": "staff"}
    assert (await chloe.get("/v1/quotes", params=asked | {"status": "requested"})).json()["data"] == []
    (found,) = (await chloe.get("/v1/quotes", params=asked | {"status": "in_preparation"})).json()["data"]
    assert (found["status"], found["label"]) == ("in_preparation", "En préparation")
    assert (await chloe.get("/v1/quotes", params={"status": "lost"})).status_code == 422


async def test_an_issued_quote_shows_its_version_its_deadline_and_what_its_buyer_may_do(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead
) -> None:
    await lead("in_preparation", "issued")
    shown = (await awa.get(f"/v1/quotes/{quote['id']}", headers={"Accept-Language": "en"})).json()

    assert (shown["status"], shown["label"], shown["colour"]) == ("issued", "Issued", "orange")
    current = shown["current"]
    assert (current["n"], current["number"], current["current"]) == (1, "PF-2026-000001", True)
    assert current["content"]["total"] == {"amount": 12_096, "currency": "EUR"}
    (deadline,) = shown["deadlines"]
    assert deadline == {"action": "expire", "at": current["expires_at"], "waits_for": ["buyer"]}
    assert QuoteOut.model_validate(shown).model_dump(mode="json") == shown
    for_staff = (await chloe.get(f"/v1/quotes/{quote['id']}")).json()
    assert for_staff["available_actions"] == ["withdraw"]


async def test_what_is_not_yet_possible_is_said_with_its_reason(
    chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead
) -> None:
    await lead("in_preparation")
    shown = (await chloe.get(f"/v1/quotes/{quote['id']}")).json()
    assert shown["available_actions"] == ["reject"]
    assert [(x["action"], x["code"]) for x in shown["not_yet"]] == [("issue", "draft_incomplete")]


async def test_issued_versions_are_kept(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead
) -> None:
    path = f"/v1/quotes/{quote['id']}/versions"
    assert (await awa.get(path)).json()["data"] == []
    await lead("in_preparation", "issued", "changes_requested", "in_preparation", "issued")

    versions = (await awa.get(path)).json()["data"]
    assert [(v["n"], v["number"], v["current"]) for v in versions] == [
        (2, "PF-2026-000002", True),
        (1, "PF-2026-000001", False),
    ]
    assert QuoteVersionOut.model_validate(versions[0]).model_dump(mode="json") == versions[0]
    assert (await chloe.get(path)).json()["data"] == versions


async def test_the_history_pages_newest_first(
    awa: httpx.AsyncClient, quote: dict[str, Any], lead: Lead, chloe: Any
) -> None:
    await lead("in_preparation", "issued")
    path = f"/v1/quotes/{quote['id']}/transitions"
    page = (await awa.get(path, params={"limit": 2})).json()
    assert [(row["action"], row["from"], row["to"]) for row in page["data"]] == [
        ("issue", "in_preparation", "issued"),
        ("take", "requested", "in_preparation"),
    ]
    rest = (await awa.get(path, params={"cursor": page["next_cursor"]})).json()
    assert [(row["action"], row["from"], row["version"]) for row in rest["data"]] == [("request", None, 1)]
    assert [line["name"] for line in rest["data"][0]["said"]["left_out"]] == ["Sac"]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize("path", ["", "/versions", "/transitions"])
async def test_a_foreign_quote_is_as_one_that_is_not_there(
    bruno: httpx.AsyncClient, quote: dict[str, Any], path: str
) -> None:
    foreign = await bruno.get(f"/v1/quotes/{quote['id']}{path}")
    absent = await bruno.get(f"/v1/quotes/{show_id('quo', new_id())}{path}")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert foreign.json() | {"request_id": ""} == absent.json() | {"request_id": ""}
    assert foreign.json()["code"] == "quote_not_found"
