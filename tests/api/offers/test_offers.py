"""Offers over HTTP: what a screen is drawn from, what is refused, and that answers have the documented form."""

from typing import Any

import httpx
import pytest

from orderhub.api.schemas.offers import OfferOut
from orderhub.domain.accounts.models import Account
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, show_id
from tests.api.offers.conftest import Join, act, euros, favourite, id_of, offer, read
from tests.making.events import settle
from tests.making.instants import NOON
from tests.making.pictures import saved, scene
from tests.making.uploads import send


async def test_a_buyers_offer_draws_a_screen_for_both(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str
) -> None:
    made = await offer(awa, jacket, message="Pour samedi ?")
    OfferOut.model_validate(made)
    assert (made["status"], made["sort"], made["role"], made["made_by"]) == ("pending", "buyer", "buyer", "buyer")
    assert (made["amount"], made["listing_price"]) == (euros(2_000), euros(2_500))
    assert made["listing"]["title"] == "Veste en jean"
    assert (made["available_actions"], made["not_yet"]) == (["withdraw"], [])
    assert made["deadlines"] == [{"action": "expire", "at": made["expires_at"], "waits_for": ["seller"]}]
    hers = await read(nadia, made)
    OfferOut.model_validate(hers)
    assert (hers["role"], hers["message"], hers["notice"]) == ("seller", "Pour samedi ?", None)
    assert hers["available_actions"] == ["accept", "decline", "counter"]
    assert hers["follows"]["before"] is None


async def test_an_accepted_offer_reserves_nothing_and_says_so_to_both(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str
) -> None:
    made = await offer(awa, jacket)
    accepted = await act(nadia, made, "accept", amount=euros(2_000))
    for shown in (accepted, await read(awa, made)):
        assert (shown["status"], shown["available_actions"]) == ("accepted", [])
        follows = shown["follows"]
        assert (follows["operation"], follows["by"], follows["reserves"]) == ("place_order", "buyer", False)
        assert follows["before"] == shown["expires_at"]
        assert follows["notice"] == "Une offre acceptée ne réserve rien : le premier qui paie achète."
        assert shown["deadlines"] == [{"action": "lapse", "at": shown["expires_at"], "waits_for": ["buyer"]}]
    listing = await nadia.get(jacket.removesuffix("/offers"))
    assert listing.json()["state"] == "active"
    closing = await nadia.delete(jacket.removesuffix("/offers"))
    assert (closing.status_code, closing.json()["code"]) == (409, "accepted_offer_runs")


async def test_a_counter_answers_with_the_offer_that_it_makes(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str
) -> None:
    made = await offer(awa, jacket)
    countered = await act(nadia, made, "counter", 201, amount=euros(2_300), message="Elle est neuve.")
    assert (countered["parent_id"], countered["made_by"], countered["role"]) == (made["id"], "seller", "seller")
    assert (countered["sort"], countered["status"]) == ("buyer", "pending")
    assert (await read(awa, made))["status"] == "countered"
    history = (await awa.get(f"/v1/offers/{made['id']}/transitions")).json()["data"]
    assert [(row["action"], row["from"], row["to"], row["by"]) for row in history] == [
        ("counter", "pending", "countered", "seller"),
        ("make", None, "pending", "buyer"),
    ]
    assert history[0]["said"] == {"countered_by": countered["id"]}
    refused = await act(awa, countered, "accept", 409, amount=euros(2_299))
    assert (refused["code"], refused["guard"]) == ("guard_not_met", "amount_not_offered")
    assert (refused["available_actions"], refused["amount"]) == (["accept", "decline", "counter"], euros(2_300))
    same = await act(awa, countered, "counter", 422, amount=euros(2_300))
    assert (same["code"], same["errors"][0]["pointer"]) == ("offer_amount_unfit", "/amount/amount")


async def test_a_sellers_offer_goes_to_each_that_favourited(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str, hub: Database, join: Join
) -> None:
    await join("binta")
    to = [await favourite(hub, jacket, handle) for handle in ("awa", "binta")]
    body = {"amount": euros(2_250), "to": to}
    answer = await nadia.post(jacket, json=body)
    assert answer.status_code == 201, answer.text
    made = answer.json()["data"]
    assert [each["buyer"]["id"] for each in made] == to
    assert {(each["sort"], each["made_by"], each["status"]) for each in made} == {("favourite", "seller", "pending")}
    again = await nadia.post(jacket, json=body)
    assert (again.status_code, again.json()["code"]) == (409, "offer_open")
    assert set(again.json()["offer_ids"]) == {each["id"] for each in made}
    nobody = await nadia.post(jacket, json=body | {"to": "all"})
    assert (nobody.status_code, nobody.json()["code"]) == (409, "nobody_to_offer")


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        ({"amount": euros(0)}, 422, "greater_than_equal", "/amount/amount"),
        ({"amount": euros(2_501)}, 422, "offer_amount_unfit", "/amount/amount"),
        ({"amount": {"amount": 2_000, "currency": "XOF"}}, 422, "currency_mismatch", "/amount/currency"),
        ({"amount": euros(2_000), "to": "all"}, 403, "forbidden", None),
        ({"amount": euros(2_000), "to": "some"}, 422, None, "/to"),
        ({"amount": euros(2_000), "to": []}, 422, None, "/to"),
        ({"amount": euros(2_000), "price": 1}, 422, None, "/price"),
    ],
)
async def test_what_a_buyer_may_not_send(
    awa: httpx.AsyncClient, jacket: str, body: dict[str, Any], status: int, code: str | None, pointer: str | None
) -> None:
    answer = await awa.post(jacket, json=body)
    assert answer.status_code == status, answer.text
    problem = answer.json()
    if pointer is not None:
        assert problem["errors"][0]["pointer"].startswith(pointer)
        assert code is None or code in {problem["code"], problem["errors"][0]["code"]}
    else:
        assert problem["code"] == code
    assert (await awa.get("/v1/offers")).json()["data"] == []


async def test_twenty_people_at_most_and_each_once(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str, hub: Database
) -> None:
    strangers = [show_id("acc", new_id()) for _ in range(21)]
    too_many = await nadia.post(jacket, json={"amount": euros(2_000), "to": strangers})
    assert (too_many.status_code, too_many.json()["errors"][0]["pointer"]) == (422, "/to")
    unknown = await nadia.post(jacket, json={"amount": euros(2_000), "to": strangers[:20]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "not_favourited")
    assert len(unknown.json()["errors"]) == 20
    her = await favourite(hub, jacket, "awa")
    twice = await nadia.post(jacket, json={"amount": euros(2_000), "to": [her, her]})
    assert (twice.status_code, twice.json()["errors"][0]["pointer"]) == (422, "/to/1")
    assert (await awa.get("/v1/offers")).json()["data"] == []


async def test_lists_are_of_one_side_and_filtered(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str, join: Join
) -> None:
    made = await offer(awa, jacket)
    binta, chloe = await join("binta"), await join("chloe", "support")
    other = await offer(binta, jacket, 2_100)
    await act(nadia, other, "decline")

    async def ids(client: httpx.AsyncClient, **query: str) -> list[str]:
        answer = await client.get("/v1/offers", params=query)
        assert answer.status_code == 200, answer.text
        return [each["id"] for each in answer.json()["data"]]

    assert await ids(awa) == [made["id"]]
    assert await ids(nadia) == []
    assert await ids(nadia, role="seller") == [other["id"], made["id"]]
    assert await ids(nadia, role="seller", status="pending") == [made["id"]]
    listing_id = jacket.split("/")[3]
    assert await ids(nadia, role="seller", listing_id=listing_id) == [other["id"], made["id"]]
    assert await ids(nadia, role="seller", listing_id=show_id("lst", new_id())) == []
    assert await ids(chloe, role="staff") == [other["id"], made["id"]]
    assert (await binta.get(f"/v1/offers/{made['id']}")).status_code == 404
    page = (await nadia.get("/v1/offers", params={"role": "seller", "limit": "1"})).json()
    rest = await nadia.get("/v1/offers", params={"role": "seller", "limit": "1", "cursor": page["next_cursor"]})
    assert [each["id"] for each in rest.json()["data"]] == [made["id"]]


async def test_contact_details_are_masked_and_the_author_is_told_why(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str, hub: Database
) -> None:
    made = await offer(awa, jacket, message="Appelez-moi au 06 12 34 56 78.")
    assert made["message"] == "Appelez-moi au 06 12 34 56 78."
    assert made["notice"].startswith("Vos coordonnées sont masquées")
    hers = await read(nadia, made)
    assert "06 12" not in hers["message"]
    assert hers["notice"].startswith("Des coordonnées sont masquées")
    await settle(hub)
    feed = (await nadia.get("/v1/events")).json()["data"]
    (event,) = [each for each in feed if each["topic"] == "offer.made"]
    assert "06 12" not in str(event)
    assert (event["data"]["to"], event["data"]["tells"]) == ("pending", ["seller"])


async def test_what_leads_away_is_flagged_for_staff_one_case_a_listing(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str, join: Join
) -> None:
    chloe, binta = await join("chloe", "support"), await join("binta")
    made = await offer(awa, jacket, message="Appelez-moi au 06 12 34 56 78.")
    await offer(binta, jacket, message="Rien à cacher.")
    answered = await act(nadia, made, "counter", 201, amount=euros(2_300), message="Écrivez à nadia@example.fr.")
    cases = (await chloe.get("/v1/staff/cases", params={"kind": "contact_details"})).json()["data"]
    (case,) = cases
    found = (await chloe.get(f"/v1/staff/cases/{case['id']}")).json()
    assert [each["offer_id"] for each in found["flags"]] == [answered["id"], made["id"]]
    assert [each["kinds"] for each in found["flags"]] == [["email"], ["phone"]]


async def test_a_dry_run_keeps_nothing(awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str) -> None:
    made = await offer(awa, jacket)
    path = f"/v1/offers/{made['id']}/transitions?dry_run=true"
    tried = await nadia.post(path, json={"action": "counter", "amount": euros(2_300)})
    assert (tried.status_code, tried.json()["amount"]) == (201, euros(2_300))
    assert (await read(awa, made))["status"] == "pending"
    assert len((await awa.get("/v1/offers")).json()["data"]) == 1


async def test_a_dry_run_doesnt_try_the_private_floors(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str, hub: Database
) -> None:
    """Tried as often as one likes and never counted, it would tell both of them."""
    floors = {"accept_from": euros(2_200), "decline_under": euros(1_500)}
    assert (await nadia.patch(jacket.removesuffix("/offers"), json=floors)).status_code == 200
    to = [await favourite(hub, jacket, "awa")]
    (made,) = (await nadia.post(jacket, json={"amount": euros(2_250), "to": to})).json()["data"]
    path = f"/v1/offers/{made['id']}/transitions?dry_run=true"
    for amount in (2_300, 2_200, 2_199, 1_499):
        tried = await awa.post(path, json={"action": "counter", "amount": euros(amount)})
        assert (tried.status_code, tried.json()["status"]) == (201, "pending"), amount
        assert tried.json()["available_actions"] == ["withdraw"]
    answered = await act(awa, made, "counter", 201, amount=euros(2_200))
    assert answered["status"] == "accepted"


async def test_its_parties_see_the_photo_whatever_becomes_of_the_listing(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str, hub: Database, join: Join
) -> None:
    sent = await send(nadia, saved(scene(), "PNG"), purpose="photo")
    assert sent.status_code == 201, sent.text
    listing = jacket.removesuffix("/offers")
    assert (await nadia.patch(listing, json={"photo_ids": [sent.json()["id"]]})).status_code == 200
    made = await offer(awa, jacket)
    assert (await nadia.patch(listing, json={"state": "paused"})).status_code == 200
    for person in (awa, nadia, await join("chloe", "support")):
        photo = (await read(person, made))["listing"]["photo"]
        assert photo["id"] == sent.json()["id"]
        for url in (photo["url"], photo["thumbnail_url"]):
            assert (await person.get(url)).status_code == 200
    assert (await nadia.patch(listing, json={"state": "active"})).status_code == 200
    async with hub.session() as session:
        (await session.get_one(Account, await id_of(hub, "nadia"))).suspended_at = NOON
    assert (await awa.get((await read(awa, made))["listing"]["photo"]["url"])).status_code == 200
    stranger = await join("binta")
    assert (await stranger.get(f"/v1/files/{photo['id']}")).status_code == 404
    assert (await stranger.get(f"/v1/photos/{photo['id']}")).status_code == 404


async def test_an_offer_keeps_its_parties_accounts_open(
    awa: httpx.AsyncClient, nadia: httpx.AsyncClient, jacket: str, hub: Database
) -> None:
    made = await offer(awa, jacket)
    refused = await awa.delete("/v1/me")
    assert (refused.status_code, refused.json()["code"]) == (409, "still_open")
    assert [matter["id"] for matter in refused.json()["open"] if matter["kind"] == "offer"] == [made["id"]]
    await act(awa, made, "withdraw")
    exported = (await awa.get("/v1/me/export")).json()["offers"]
    assert [(each["id"], each["status"]) for each in exported] == [(made["id"], "withdrawn")]
    assert (await awa.delete("/v1/me")).status_code == 204
    assert (await read(nadia, made))["buyer"]["handle"].startswith("erased_")
    assert await id_of(hub, "nadia")
