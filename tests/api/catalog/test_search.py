"""Awa searches over HTTP, page by page; Bruno looks through his own listings."""

from typing import Any

import httpx
import pytest


async def offer(seller: httpx.AsyncClient, title: str, **parts: Any) -> str:
    plain: dict[str, Any] = {
        "title": title,
        "description": "Sur mesure.",
        "category": "home_moving",
        "price": {"amount": 30000, "currency": "EUR"},
        "days": 2,
        "state": "active",
    }
    answer = await seller.post("/v1/listings", json=plain | parts)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def titles(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    answer = await client.get("/v1/listings", params=asked)
    assert answer.status_code == 200, answer.text
    return [listing["title"] for listing in answer.json()["data"]]


async def test_words_are_found_as_people_write_them(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    await offer(bruno, "Déménagement à Lyon")
    await offer(bruno, "Montage de vidéos")

    assert await titles(client, q="demenager a lyon") == ["Déménagement à Lyon"]
    assert await titles(client, q="video") == ["Montage de vidéos"]
    assert await titles(client, q="piano") == []


async def test_a_card_has_what_a_page_of_results_shows(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    listing_id = await offer(bruno, "Déménagement à Lyon")

    [card] = (await client.get("/v1/listings")).json()["data"]

    assert card == {
        "id": listing_id,
        "kind": "service",
        "title": "Déménagement à Lyon",
        "category": {"code": "home_moving", "label": "Bricolage et déménagement"},
        "price": {"amount": 30000, "currency": "EUR"},
        "days": 2,
        "photo": None,
        "favourite_count": 0,
        "seller": {
            "id": card["seller"]["id"],
            "handle": "bruno",
            "display_name": "Bruno",
            "photo": None,
            "rating": {"average": None, "count": 0},
            "trader": None,
        },
    }
    assert await titles(client, seller=card["seller"]["id"]) == ["Déménagement à Lyon"]


async def test_filters(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    await offer(bruno, "À 300 euros")
    await offer(bruno, "À 300 francs CFA", price={"amount": 300, "currency": "XOF"})
    await offer(bruno, "Un concert", category="events", price={"amount": 90000, "currency": "EUR"})

    assert await titles(client, currency="EUR", price_max=30000) == ["À 300 euros"]
    assert await titles(client, currency="EUR", price_min=30001) == ["Un concert"]
    assert await titles(client, category="events", kind="service") == ["Un concert"]
    assert await titles(client, currency="XOF") == ["À 300 francs CFA"]


async def test_pages(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    for number in range(5):
        await offer(bruno, f"Trajet {number}")

    first = (await client.get("/v1/listings", params={"limit": 3, "q": "trajets"})).json()
    second = (
        await client.get("/v1/listings", params={"limit": 3, "q": "trajets", "cursor": first["next_cursor"]})
    ).json()

    shown = [listing["title"] for page in (first, second) for listing in page["data"]]
    assert shown == [f"Trajet {number}" for number in (4, 3, 2, 1, 0)]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"price_min": 1}, "/currency"),
        ({"currency": "EUR", "price_max": "1e3"}, "/price_max"),
        ({"currency": "eur"}, "/currency"),
        ({"category": "plumbing"}, "/category"),
        ({"kind": "car"}, "/kind"),
        ({"seller": "bruno"}, "/seller"),
        ({"q": ""}, "/q"),
        ({"q": "x" * 201}, "/q"),
        ({"colour": "red"}, "/colour"),
        ({"sort": "oldest"}, "/sort"),
        ({"sort": "price"}, "/currency"),
        ({"sort": "-price"}, "/currency"),
        ({"sort": "relevance"}, "/q"),
        ({"kind": "service", "brand": "Veja"}, "/brand"),
        ({"size": "x" * 61}, "/size"),
        ({"condition": "worn"}, "/condition"),
        ({"takes_offers": "yes"}, "/takes_offers"),
        ({"currency": "EUR", "price_min": 2, "price_max": 1}, "/price_max"),
        ({"limit": 0}, "/limit"),
        ({"cursor": "AAAA"}, "/cursor"),
    ],
)
async def test_what_cannot_be_asked(client: httpx.AsyncClient, asked: dict[str, Any], pointer: str) -> None:
    answer = await client.get("/v1/listings", params=asked)

    assert answer.status_code == 422, answer.text
    assert [place["pointer"] for place in answer.json()["errors"]] == [pointer]


async def test_ones_own_by_state(bruno: httpx.AsyncClient, awa: httpx.AsyncClient) -> None:
    await offer(bruno, "En vente")
    await offer(bruno, "En préparation", state="draft")

    everything = (await bruno.get("/v1/me/listings")).json()["data"]
    drafts = (await bruno.get("/v1/me/listings", params={"state": "draft"})).json()["data"]

    assert [listing["title"] for listing in everything] == ["En préparation", "En vente"]
    assert [(listing["title"], listing["state"]) for listing in drafts] == [("En préparation", "draft")]
    assert (await awa.get("/v1/me/listings")).json()["data"] == []


MASKED = "Zorglub dessine, 06 12 34 56 79 ou zed@exemple.fr, depuis 1979"


@pytest.mark.parametrize("q", ["zorglub 79", "56 79", "12", "zed@exemple.fr", "dessine 06", "06.12"])
async def test_what_is_masked_is_not_found(bruno: httpx.AsyncClient, client: httpx.AsyncClient, q: str) -> None:
    """Pair by pair a number could be guessed."""
    for _ in range(2):
        await offer(bruno, MASKED)

    page = (await client.get("/v1/listings", params={"q": q, "limit": 1})).json()

    assert page == {"data": [], "next_cursor": None}


async def test_what_is_shown_beside_it_is_found(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    shown = "Zorglub dessine, ••••• ou •••••, depuis 1979"
    await offer(bruno, MASKED)
    await offer(bruno, "Logo 3D, lot de 12, livré en 24 h")
    for q in ("zorglub", "dessiner 1979", "depuis 1979"):
        assert await titles(client, q=q) == [shown], q
    for q in ("12", "3D", "24", "lot de 12"):
        assert await titles(client, q=q) == ["Logo 3D, lot de 12, livré en 24 h"], q


async def test_a_cursor_continues_its_own_sort_only(bruno: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    for number in (3, 1, 2):
        await offer(bruno, f"Trajet {number}", price={"amount": number * 100, "currency": "EUR"})
    asked = {"sort": "price", "currency": "EUR", "limit": 2}

    first = (await client.get("/v1/listings", params=asked)).json()
    more = {"cursor": first["next_cursor"]}
    second = (await client.get("/v1/listings", params=asked | more)).json()
    other = await client.get("/v1/listings", params=asked | more | {"sort": "-price"})

    assert [one["title"] for page in (first, second) for one in page["data"]] == ["Trajet 1", "Trajet 2", "Trajet 3"]
    assert second["next_cursor"] is None
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "/cursor")
    assert (await client.get("/v1/listings", params=more)).status_code == 422
