"""Bruno sells a logo over HTTP; Awa finds it, looks at it, and asks what it would cost."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, show_id

LOGO: dict[str, Any] = {
    "title": "Logo vectoriel en trois pistes",
    "description": "Trois pistes, puis les fichiers sources.",
    "category": "graphic_design",
    "price": {"amount": 12000, "currency": "EUR"},
    "days": 5,
    "revisions": 2,
    "questions": [{"id": "activity", "label": "Quelle est votre activité ?", "kind": "text", "required": True}],
    "state": "active",
}
EXPRESS = {"title": "Livraison en 48 h", "price": {"amount": 3000, "currency": "EUR"}, "days": -3}


async def offer(seller: httpx.AsyncClient, **parts: Any) -> dict[str, Any]:
    answer = await seller.post("/v1/listings", json=LOGO | parts)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def add(seller: httpx.AsyncClient, listing: dict[str, Any], **parts: Any) -> dict[str, Any]:
    answer = await seller.post(f"/v1/listings/{listing['id']}/options", json=EXPRESS | parts)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_from_a_draft_to_a_closed_listing(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    draft = (await bruno.post("/v1/listings", json={"title": "Logo vectoriel"})).json()
    path = f"/v1/listings/{draft['id']}"
    assert (draft["state"], draft["price"], draft["revisions"], draft["version"]) == ("draft", None, 0, 1)
    assert (await client.get(path)).status_code == 404

    refused = await bruno.patch(path, json={"state": "active"})
    assert (refused.status_code, refused.json()["code"]) == (409, "listing_incomplete")
    missing = [place["pointer"] for place in refused.json()["errors"]]
    assert missing == ["/description", "/category", "/price", "/days"]

    shown = await bruno.patch(path, json=LOGO | {"revisions": None})
    assert (shown.status_code, shown.json()["state"], shown.json()["revisions"]) == (200, "active", None)
    assert shown.headers["etag"] == '"2"'

    read = await client.get(path)
    assert read.json()["seller"]["handle"] == "bruno"
    assert read.json()["questions"] == [LOGO["questions"][0] | {"choices": []}]

    assert (await bruno.patch(path, json={"state": "paused"})).json()["state"] == "paused"
    assert (await client.get(path)).status_code == 404
    back = await bruno.patch(path, json={"state": "draft"})
    assert back.status_code == 422

    assert (await bruno.delete(path)).status_code == 204
    assert (await bruno.delete(path)).status_code == 204
    closed = await bruno.patch(path, json={"title": "Autre"})
    assert (closed.status_code, closed.json()["code"]) == (409, "listing_closed")
    assert (await bruno.get(path)).json()["state"] == "closed"


async def test_somebody_elses_listing(bruno: httpx.AsyncClient, awa: httpx.AsyncClient) -> None:
    shown, draft = await offer(bruno), await offer(bruno, state="draft")
    absent = show_id("lst", new_id())

    for method in ("PATCH", "DELETE"):
        body = {"title": "À moi"} if method == "PATCH" else None
        answers = {
            name: await awa.request(method, f"/v1/listings/{listing_id}", json=body)
            for name, listing_id in (("shown", shown["id"]), ("draft", draft["id"]), ("absent", absent))
        }
        assert answers["shown"].status_code == 403
        assert answers["draft"].status_code == answers["absent"].status_code == 404
        bodies = [answers[name].json() | {"request_id": ""} for name in ("draft", "absent")]
        assert bodies[0] == bodies[1]


async def test_a_change_names_the_version_it_was_made_on(bruno: httpx.AsyncClient) -> None:
    path = f"/v1/listings/{(await offer(bruno))['id']}"
    seen = (await bruno.get(path)).headers["etag"]

    assert (await bruno.patch(path, json={"days": 4}, headers={"If-Match": seen})).status_code == 200
    stale = await bruno.patch(path, json={"days": 3}, headers={"If-Match": seen})
    assert (stale.status_code, stale.json()["code"]) == (412, "listing_stale")
    assert (await bruno.delete(path, headers={"If-Match": seen})).status_code == 412
    assert (await bruno.patch(path, json={}, headers={"If-Match": '"2"'})).headers["etag"] == '"2"'


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [
        ({"title": " "}, "/title"),
        ({"title": "x" * 121}, "/title"),
        ({"title": None}, "/title"),
        ({"category": "plumbing"}, "/category"),
        ({"category": None}, "/category"),
        ({"price": {"amount": "5", "currency": "EUR"}}, "/price/amount"),
        ({"price": {"amount": 5.0, "currency": "EUR"}}, "/price/amount"),
        ({"price": {"amount": -1, "currency": "EUR"}}, "/price/amount"),
        ({"price": {"amount": 100, "currency": "EURO"}}, "/price/currency"),
        ({"price": 100}, "/price"),
        ({"days": 0}, "/days"),
        ({"days": True}, "/days"),
        ({"revisions": -1}, "/revisions"),
        ({"state": "closed"}, "/state"),
        ({"kind": "car"}, "/kind"),
        ({"seller_id": "acc_x"}, "/seller_id"),
        ({"version": 9}, "/version"),
        ({"photo_ids": ["fil_x"]}, "/photo_ids/0"),
        ({"accepts_inquiries": "yes"}, "/accepts_inquiries"),
        ({"questions": [{"id": "a", "label": "?", "kind": "number"}]}, "/questions/0/kind"),
        ({"questions": [{"id": "a", "label": "?", "kind": "choice", "choices": ["Oui"]}]}, "/questions/0/choices"),
        ({"questions": [{"id": "a", "label": "?", "kind": "text"}] * 2}, "/questions/1/id"),
    ],
)
async def test_what_is_wrong_is_pointed_at(bruno: httpx.AsyncClient, parts: dict[str, Any], pointer: str) -> None:
    answer = await bruno.post("/v1/listings", json=LOGO | parts)

    assert answer.status_code == 422, answer.text
    assert pointer in [place["pointer"] for place in answer.json()["errors"]]


async def test_a_listing_is_created_once_per_key(bruno: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "logo-1"}

    first = await bruno.post("/v1/listings", json=LOGO, headers=key)
    again = await bruno.post("/v1/listings", json=LOGO, headers=key)

    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert len((await bruno.get("/v1/me/listings")).json()["data"]) == 1


async def test_options_change_the_listing(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    listing = await offer(bruno)
    path = f"/v1/listings/{listing['id']}/options"
    express = await add(bruno, listing)

    listed = await client.get(path)
    assert (listed.json()["data"], listed.headers["etag"][:3]) == ([express], '"2-')
    edited = await bruno.patch(f"{path}/{express['id']}", json={"days": -2}, headers={"If-Match": '"2"'})
    assert (edited.json(), edited.headers["etag"]) == (express | {"days": -2}, '"3"')
    assert (await bruno.patch(f"{path}/{express['id']}", json={}, headers={"If-Match": '"2"'})).status_code == 412
    assert (await client.get(f"/v1/listings/{listing['id']}")).json()["options"] == [express | {"days": -2}]

    assert (await bruno.delete(f"{path}/{express['id']}")).status_code == 204
    assert (await client.get(path)).json()["data"] == []
    gone = await bruno.delete(f"{path}/{express['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "option_not_found")


async def test_one_listing_has_one_currency(bruno: httpx.AsyncClient) -> None:
    listing = await offer(bruno)
    path = f"/v1/listings/{listing['id']}"

    in_francs = await bruno.post(f"{path}/options", json=EXPRESS | {"price": {"amount": 3000, "currency": "XOF"}})
    assert (in_francs.status_code, in_francs.json()["code"]) == (422, "currency_mismatch")
    assert in_francs.json()["errors"][0]["pointer"] == "/price/currency"
    await add(bruno, listing)
    repriced = await bruno.patch(path, json={"price": {"amount": 80000, "currency": "XOF"}})
    assert (repriced.status_code, repriced.json()["code"]) == (422, "currency_mismatch")


async def test_what_an_order_would_cost(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    listing = await offer(bruno)
    express = await add(bruno, listing)
    cards = await add(bruno, listing, title="Cartes de visite", price={"amount": 4500, "currency": "EUR"}, days=2)
    path = f"/v1/listings/{listing['id']}/preview"

    answer = await client.post(path, json={"options": [cards["id"], express["id"]]})

    found = answer.json()
    assert (found["total"], found["days"]) == ({"amount": 19500, "currency": "EUR"}, 4)
    assert found["fees"] == {"amount": 0, "currency": "EUR"}
    assert [(line["option_id"], line["price"]["amount"], line["days"]) for line in found["lines"]] == [
        (None, 12000, 5),
        (cards["id"], 4500, 2),
        (express["id"], 3000, -3),
    ]
    due = real_now() + timedelta(days=4)
    assert abs((datetime.fromisoformat(found["due_at"]) - due).total_seconds()) < 60

    twice = await client.post(path, json={"options": [cards["id"], cards["id"]]})
    assert (twice.status_code, twice.json()["code"]) == (422, "option_twice")
    unknown = await client.post(path, json={"options": [show_id("opt", new_id())]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "option_unknown")
    draft = await offer(bruno, state="draft", days=1)
    assert (await client.post(f"/v1/listings/{draft['id']}/preview", json={})).status_code == 404
    assert (await bruno.post(f"/v1/listings/{draft['id']}/preview", json={})).json()["days"] == 1


async def test_a_free_draft_without_days_has_no_preview(bruno: httpx.AsyncClient) -> None:
    draft = (await bruno.post("/v1/listings", json={"title": "Un logo"})).json()

    answer = await bruno.post(f"/v1/listings/{draft['id']}/preview", json={})

    assert (answer.status_code, answer.json()["code"]) == (409, "listing_incomplete")


async def test_a_token_that_is_no_good_is_refused_even_where_none_is_needed(
    bruno: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    listing = await offer(bruno)

    answer = await client.get(f"/v1/listings/{listing['id']}", headers={"Authorization": "Bearer nonsense"})

    assert answer.status_code == 401


async def test_categories_speak_both_languages(client: httpx.AsyncClient) -> None:
    french = (await client.get("/v1/categories")).json()["data"]
    english = (await client.get("/v1/categories", headers={"Accept-Language": "en"})).json()["data"]

    assert french[0] == {"code": "graphic_design", "label": "Graphisme et design", "kind": "service"}
    assert english[-1] == {"code": "collectibles", "label": "Collectibles", "kind": "item"}
    assert [found["code"] for found in french] == [found["code"] for found in english]
