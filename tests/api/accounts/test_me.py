"""One's own account over HTTP: profile, addresses, preferences, export, erasure."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import open_matters
from orderhub.domain.accounts.open_matters import OpenMatter
from orderhub.kit.text import Label

PARIS = {"name": "Awa Diop", "line1": "12 rue Oberkampf", "city": "Paris", "postcode": "75011", "country": "FR"}


async def test_awa_changes_her_profile(awa: Any) -> None:
    changes = {"handle": "awa.diop", "display_name": "Awa D.", "language": "en", "phone": "77 123 45 67"}
    changed = (await awa.ask("PATCH", "/me", changes)).json()
    assert {name: changed[name] for name in changes} == {**changes, "phone": "+221771234567"}
    assert (await awa.ask("PATCH", "/me", {"phone": None})).json()["phone"] is None
    assert (await awa.ask("GET", "/me")).json()["handle"] == "awa.diop"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"handle": "orderhub"}, "/handle"),
        ({"handle": None}, "/handle"),
        ({"phone": "12 34 56"}, "/phone"),
        ({"language": "de"}, "/language"),
        ({"time_zone": "Lune/Tycho"}, "/time_zone"),
        ({"email": "autre@example.com"}, "/email"),
        ({"roles": ["admin"]}, "/roles"),
        ({"rating_sum": 500}, "/rating_sum"),
    ],
)
async def test_what_may_not_be_changed_is_refused(awa: Any, change: dict[str, Any], pointer: str) -> None:
    answer = await awa.ask("PATCH", "/me", change)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


async def test_a_handle_goes_to_one_of_two(awa: Any, bruno: Any) -> None:
    answers = await asyncio.gather(*(person.ask("PATCH", "/me", {"handle": "soleil"}) for person in (awa, bruno)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (refused,) = (answer for answer in answers if answer.status_code == 409)
    assert refused.json()["code"] == "handle_taken"
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/handle"]
    assert "pseudonyme" in refused.json()["detail"], "the word of its title"


async def test_awas_address_book(awa: Any, bruno: Any) -> None:
    home = (await awa.ask("POST", "/me/addresses", PARIS | {"phone": "06 12 34 56 78"})).json()
    assert (home["is_default"], home["phone"]) == (True, "+33612345678")
    work = (await awa.ask("POST", "/me/addresses", PARIS | {"is_default": True})).json()
    listed = (await awa.ask("GET", "/me/addresses")).json()["data"]
    assert [(address["id"], address["is_default"]) for address in listed] == [(work["id"], True), (home["id"], False)]

    moved = await awa.ask("PATCH", f"/me/addresses/{home['id']}", {"postcode": "75020", "line2": "Escalier C"})
    assert (moved.json()["postcode"], moved.json()["line2"], moved.json()["city"]) == ("75020", "Escalier C", "Paris")
    assert (await bruno.ask("PATCH", f"/me/addresses/{home['id']}", {"city": "Lyon"})).status_code == 404
    assert (await bruno.ask("DELETE", f"/me/addresses/{home['id']}")).status_code == 404
    assert (await awa.ask("DELETE", f"/me/addresses/{work['id']}")).status_code == 204
    assert (await awa.ask("GET", "/me/addresses")).json()["data"][0]["is_default"] is True


async def test_an_address_sent_twice_is_added_once(awa: Any) -> None:
    key = {"Idempotency-Key": "adresse-1"}
    first, second = [await awa.ask("POST", "/me/addresses", PARIS, **key) for _ in range(2)]
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert second.headers["idempotency-replayed"] == "true"
    assert len((await awa.ask("GET", "/me/addresses")).json()["data"]) == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"postcode": "96400"}, "/postcode"),
        ({"postcode": None}, "/postcode"),
        ({"country": "CI", "postcode": ""}, "/phone"),
        ({"company": None}, "/company"),
        ({"country": "AQ"}, "/country"),
        ({"phone": "01 23"}, "/phone"),
        ({"city": " "}, "/city"),
        ({"door": "3"}, "/door"),
    ],
)
async def test_a_bad_address_says_where(awa: Any, change: dict[str, Any], pointer: str) -> None:
    answer = await awa.ask("POST", "/me/addresses", PARIS | change)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"phone": "0692 12 34 56"}, ("FR", "75011", "+262692123456")),
        ({"postcode": "974 00", "city": "Saint-Denis"}, ("FR", "97400", None)),
        ({"country": "RE", "postcode": "97821"}, ("RE", "97821", None)),
        ({"country": "LU", "postcode": "L-1611", "phone": "621 123 456"}, ("LU", "1611", "+352621123456")),
        ({"country": "CI", "postcode": "", "phone": "07.07.12.34.56"}, ("CI", None, "+2250707123456")),
    ],
)
async def test_an_address_is_kept_however_it_is_written(
    awa: Any, change: dict[str, Any], kept: tuple[str, str | None, str | None]
) -> None:
    answer = await awa.ask("POST", "/me/addresses", PARIS | change)
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert (found["country"], found["postcode"], found["phone"]) == kept


async def test_front_ends_learn_what_each_country_needs(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/countries", headers={"Accept-Language": "fr"})
    countries = {country["code"]: country for country in answer.json()["data"]}
    assert {"FR", "GP", "MQ", "GF", "RE", "YT", "BE", "CH", "CA", "CI", "CM", "SN", "GA"} <= set(countries)
    assert countries["RE"]["name"] == "La Réunion"
    assert "phone" in countries["CI"]["required"]
    assert countries["CI"]["postcode_pattern"] is None


async def test_awa_chooses_her_notifications(awa: Any) -> None:
    answer = await awa.ask(
        "PUT", "/me/notification-preferences", {"preferences": {"messages": ["in_app"], "reviews": []}}
    )
    chosen = {entry["topic"]: entry for entry in answer.json()["data"]}
    assert chosen["messages"]["channels"] == ["in_app"]
    assert chosen["reviews"]["channels"] == []
    assert chosen["payments"]["always"] == ["email"]
    assert (await awa.ask("GET", "/me/notification-preferences")).json() == answer.json()
    refused = await awa.ask("PUT", "/me/notification-preferences", {"preferences": {"payments": ["in_app"]}})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "transactional")


async def test_whatsapp_can_be_chosen_once_there_is_a_number(awa: Any) -> None:
    wanted = {"preferences": {"orders": ["in_app", "whatsapp"]}}
    refused = await awa.ask("PUT", "/me/notification-preferences", wanted)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "no_phone")
    assert refused.json()["errors"][0]["pointer"] == "/preferences/orders"
    await awa.ask("PATCH", "/me", {"phone": "77 123 45 67"})
    answer = await awa.ask("PUT", "/me/notification-preferences", wanted)
    chosen = {entry["topic"]: entry["channels"] for entry in answer.json()["data"]}
    assert (chosen["orders"], chosen["messages"]) == (["in_app", "whatsapp"], ["email", "in_app"])


async def test_the_export_has_everything_and_no_secret(awa: Any) -> None:
    await awa.ask("POST", "/me/addresses", PARIS)
    answer = await awa.ask("GET", "/me/export")
    document = answer.json()
    assert document["account"]["email"] == "awa@example.com"
    assert document["addresses"][0]["line1"] == PARIS["line1"]
    assert len(document["sessions"]) == 1
    assert "argon2" not in answer.text
    assert "attachment" in answer.headers["content-disposition"]


async def test_awa_leaves_and_may_come_back_as_somebody_new(house: Any, awa: Any, client: httpx.AsyncClient) -> None:
    account_id = await awa.id()
    assert (await client.get(f"/v1/accounts/{account_id}")).status_code == 200
    assert (await awa.ask("DELETE", "/me")).status_code == 204
    assert (await awa.ask("GET", "/me")).status_code == 401
    assert (await client.get(f"/v1/accounts/{account_id}")).status_code == 404
    assert (await house.sign_in("awa@example.com")).status_code == 401
    assert await (await house.welcome("awa")).id() != account_id


@pytest.fixture
def order_open() -> Iterator[None]:
    async def check(_session: AsyncSession, _account_id: UUID) -> Sequence[OpenMatter]:
        return [OpenMatter("order", Label("Logo : en cours.", "Logo: in_progress."), "ord_01k")]

    open_matters.register("test", check)
    yield
    open_matters.forget("test")


@pytest.mark.usefixtures("order_open")
async def test_awa_can_not_leave_in_the_middle_of_an_order(awa: Any) -> None:
    answer = await awa.ask("DELETE", "/me")
    assert (answer.status_code, answer.json()["code"]) == (409, "still_open")
    assert answer.json()["open"][0]["id"] == "ord_01k"
    assert (await awa.ask("GET", "/me")).status_code == 200


async def test_a_page_shows_what_everybody_may_see(awa: Any, client: httpx.AsyncClient) -> None:
    page = (await client.get(f"/v1/accounts/{await awa.id()}")).json()
    assert set(page) == {
        "id",
        "handle",
        "display_name",
        "photo",
        "country",
        "member_since",
        "rating",
        "completed_orders",
        "usual_time_to_ship",
        "active_listings",
        "trader",
    }
    assert page["rating"] == {"average": None, "count": 0}


async def test_a_mention_completes(awa: Any, bruno: Any, client: httpx.AsyncClient) -> None:
    found = (await awa.ask("GET", "/accounts?handle_prefix=br")).json()
    assert [person["handle"] for person in found["data"]] == ["bruno"]
    assert (await awa.ask("GET", "/accounts")).status_code == 422
    assert (await client.get("/v1/accounts?handle_prefix=br")).status_code == 401
