"""From registration to sign-out, over HTTP."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from orderhub.api import constant_time
from orderhub.domain.accounts.attempts import ACCOUNT_LIMIT, PAIR_LIMIT
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.models import RefreshToken, SignInSession
from orderhub.domain.accounts.sessions import REPEAT_WITHIN
from orderhub.kit.clock import real_now
from tests.api.accounts.conftest import PASSWORD, Person
from tests.making.clients import client_of


def shape(answer: httpx.Response) -> tuple[int, Any]:
    """An answer without what differs between any two."""
    body = answer.json()
    body.pop("request_id", None)
    return answer.status_code, body


async def test_awas_way_from_registration_to_sign_out(house: Any, client: httpx.AsyncClient) -> None:
    registered = await house.register("awa", handle="awa.diop", country="SN")
    assert registered.status_code == 202
    unconfirmed = await house.sign_in("awa@example.com")
    assert (unconfirmed.status_code, unconfirmed.json()["code"]) == (403, "account_unconfirmed")

    token = await house.mailed_token("awa@example.com", Purpose.CONFIRM)
    assert (await client.post("/v1/accounts/confirm", json={"token": token})).status_code == 204
    again = await client.post("/v1/accounts/confirm", json={"token": token})
    assert (again.status_code, again.json()["code"]) == (409, "email_token_used")

    awa = await house.person("Awa@Example.com")
    me = (await awa.ask("GET", "/me")).json()
    assert (me["handle"], me["country"], me["roles"]) == ("awa.diop", "SN", [])
    assert (await awa.ask("POST", "/auth/logout")).status_code == 204
    assert (await awa.ask("GET", "/me")).status_code == 401


async def refresh(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post("/v1/auth/refresh", json={"refresh_token": token})


async def used(house: Any, *, ago: timedelta) -> None:
    """Let every refresh token that was used have been used so long ago."""
    async with house.database.session() as session:
        moment = real_now() - ago
        await session.execute(update(RefreshToken).where(RefreshToken.used_at.is_not(None)).values(used_at=moment))


async def test_refresh_turns_and_a_later_reuse_ends_everything(house: Any, client: httpx.AsyncClient, awa: Any) -> None:
    first = awa.tokens["refresh_token"]
    turned = await refresh(client, first)
    assert turned.status_code == 200
    assert turned.headers["cache-control"] == "no-store"
    awa.tokens = turned.json()
    assert (await awa.ask("GET", "/me")).status_code == 200

    await used(house, ago=REPEAT_WITHIN + timedelta(seconds=1))
    stolen = await refresh(client, first)
    assert (stolen.status_code, stolen.json()["code"]) == (401, "refresh_token_reused")
    assert (await awa.ask("GET", "/me")).status_code == 401
    assert (await refresh(client, awa.tokens["refresh_token"])).json()["code"] == "invalid_refresh_token"


async def test_four_refreshes_at_once_all_go_on(client: httpx.AsyncClient, awa: Any) -> None:
    answers = await asyncio.gather(*(refresh(client, awa.tokens["refresh_token"]) for _ in range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.json()["refresh_token"] for answer in answers}) == 4
    for answer in answers:
        tab = Person(client, awa.email, answer.json())
        assert (await tab.ask("GET", "/me")).status_code == 200
        assert (await refresh(client, tab.tokens["refresh_token"])).status_code == 200
    assert len((await awa.ask("GET", "/auth/sessions")).json()["data"]) == 1


async def test_a_repeat_does_not_outlive_the_sign_out(client: httpx.AsyncClient, awa: Any) -> None:
    assert (await refresh(client, awa.tokens["refresh_token"])).status_code == 200
    await awa.ask("POST", "/auth/logout")
    again = await refresh(client, awa.tokens["refresh_token"])
    assert (again.status_code, again.json()["code"]) == (401, "invalid_refresh_token")


async def test_five_registrations_of_awas_address_then_hers(house: Any) -> None:
    """From one address of the network, as behind a shared line: hers is mailed and confirms hers."""
    for n in range(5):
        stranger = {"password": f"secret-d-un-intrus-{n}", "display_name": "Hello http://evil.example/"}
        assert (await house.register("awa", **stranger)).status_code == 202
    awa = await house.welcome("awa")
    assert (await awa.ask("GET", "/me")).json()["display_name"] == "Awa"
    assert (await house.sign_in(awa.email, "secret-d-un-intrus-4")).status_code == 401


async def test_registering_tells_nothing(house: Any, awa: Any) -> None:
    known = await house.register("awa", handle="awa")
    unknown = await house.register("personne", handle="awa")
    assert shape(known) == shape(unknown)
    assert (await house.sign_in("awa@example.com")).status_code == 200


@pytest.mark.usefixtures("awa")
@pytest.mark.parametrize("path", ["/v1/accounts/password-reset", "/v1/accounts/confirm/resend"])
async def test_asking_for_a_mail_tells_nothing_and_takes_as_long(client: httpx.AsyncClient, path: str) -> None:
    answers: list[tuple[int, Any]] = []
    for email in ("awa@example.com", "personne@example.com"):
        begun = time.monotonic()
        answers.append(shape(await client.post(path, json={"email": email})))
        assert time.monotonic() - begun >= constant_time.SECONDS
    assert answers[0] == answers[1]
    assert answers[0][0] == 202


@pytest.mark.usefixtures("awa")
async def test_a_wrong_password_and_an_unknown_address_answer_alike(house: Any) -> None:
    wrong = await house.sign_in("awa@example.com", "mangues-du-jardin")
    unknown = await house.sign_in("personne@example.com", "mangues-du-jardin")
    assert shape(wrong) == shape(unknown)
    assert (wrong.status_code, wrong.json()["code"]) == (401, "invalid_credentials")


@pytest.mark.usefixtures("awa")
@pytest.mark.parametrize("email", ["awa@example.com", "personne@example.com"])
async def test_repeated_failures_lock_out(house: Any, email: str) -> None:
    for _ in range(PAIR_LIMIT):
        assert (await house.sign_in(email, "mangues-du-jardin")).status_code == 401
    locked = await house.sign_in(email)
    assert (locked.status_code, locked.json()["code"]) == (429, "locked_out")
    assert int(locked.headers["retry-after"]) > 0


async def test_twenty_wrong_passwords_from_four_networks_keep_no_known_device_out(
    app: FastAPI, house: Any, awa: Any
) -> None:
    for n in range(ACCOUNT_LIMIT):
        async with client_of(app, address=f"198.51.100.{n % 4}") as stranger:
            refused = await sign_in(stranger, "mangues-du-jardin")
        assert (refused.status_code, refused.json()["code"]) == (401, "invalid_credentials")
    assert (await house.sign_in(awa.email)).status_code == 429
    back = await sign_in(house.client, PASSWORD, device_token=awa.tokens["device_token"])
    assert (back.status_code, back.json()["device_token"]) == (200, awa.tokens["device_token"])


@pytest.mark.usefixtures("awa")
async def test_twenty_addresses_of_one_network_are_one(app: FastAPI) -> None:
    answers: list[int] = []
    for n in range(ACCOUNT_LIMIT):
        async with client_of(app, address=f"2001:db8:0:1::{n}") as stranger:
            answers.append((await sign_in(stranger, "mangues-du-jardin")).status_code)
    assert answers == [401] * PAIR_LIMIT + [429] * (ACCOUNT_LIMIT - PAIR_LIMIT)
    async with client_of(app, address="2001:db8:0:2::1") as elsewhere:
        assert (await sign_in(elsewhere, PASSWORD)).status_code == 200


async def sign_in(client: httpx.AsyncClient, password: str, **more: str) -> httpx.Response:
    return await client.post("/v1/auth/token", data={"username": "awa@example.com", "password": password, **more})


async def test_a_refresh_shows_no_device_token(client: httpx.AsyncClient, awa: Any) -> None:
    assert "device_token" not in (await refresh(client, awa.tokens["refresh_token"])).json()


async def test_the_list_of_sessions_shows_where_from_whatever_a_proxy_says(app: FastAPI, awa: Any) -> None:
    for address in ("::ffff:192.0.2.7", "2001:DB8::7", "x" * 400):
        async with client_of(app, address=address) as client:
            assert (await sign_in(client, PASSWORD)).status_code == 200
    listed = (await awa.ask("GET", "/auth/sessions")).json()["data"]
    assert [session["address"] for session in listed] == ["unknown", "2001:db8::7", "192.0.2.7", "127.0.0.1"]


async def test_a_new_password_ends_every_session(house: Any, client: httpx.AsyncClient, awa: Any) -> None:
    token = await house.mailed_token("awa@example.com", Purpose.RESET)
    weak = await client.post("/v1/accounts/password-reset/confirm", json={"token": token, "password": "azertyuiop"})
    assert (weak.status_code, weak.json()["errors"][0]["pointer"]) == (422, "/password")
    body = {"token": token, "password": "papayes-du-verger"}
    assert (await client.post("/v1/accounts/password-reset/confirm", json=body)).status_code == 204
    assert (await awa.ask("GET", "/me")).status_code == 401
    assert (await house.sign_in("awa@example.com")).status_code == 401
    assert (await house.sign_in("awa@example.com", "papayes-du-verger")).status_code == 200


async def test_awa_ends_the_session_on_her_lost_phone(house: Any, awa: Any, bruno: Any) -> None:
    phone = await house.person("awa@example.com")
    listed = (await awa.ask("GET", "/auth/sessions")).json()["data"]
    assert [session["current"] for session in listed] == [False, True]
    lost = listed[0]["id"]
    assert (await bruno.ask("DELETE", f"/auth/sessions/{lost}")).status_code == 404
    assert (await awa.ask("DELETE", f"/auth/sessions/{lost}")).status_code == 204
    assert (await phone.ask("GET", "/me")).status_code == 401
    assert (await awa.ask("GET", "/me")).status_code == 200
    assert (await awa.ask("DELETE", f"/auth/sessions/{lost}")).status_code == 404


async def test_sessions_that_ran_out_are_not_listed(house: Any, awa: Any) -> None:
    async with house.database.session() as session:
        await session.execute(update(SignInSession).values(expires_at=real_now()))
    assert (await awa.ask("GET", "/auth/sessions")).json()["data"] == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"email": "awa"}, "/email"),
        ({"password": "court"}, "/password"),
        ({"password": "awa@example.com"}, "/password"),
        ({"handle": "Awa"}, "/handle"),
        ({"handle": "admin"}, "/handle"),
        ({"country": "ZZ"}, "/country"),
        ({"time_zone": "Europe/Atlantis"}, "/time_zone"),
        ({"display_name": "  "}, "/display_name"),
        ({"display_name": "\u200b\u3164"}, "/display_name"),
        ({"display_name": "Awa \u202epoiD"}, "/display_name"),
        ({"roles": ["admin"]}, "/roles"),
    ],
)
async def test_a_bad_registration_says_where(house: Any, change: dict[str, Any], pointer: str) -> None:
    answer = await house.register("awa", **change)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("form", [{}, {"username": "awa@example.com"}, {"grant_type": "client_credentials"}])
async def test_a_bad_form_is_refused(client: httpx.AsyncClient, form: dict[str, str]) -> None:
    assert (await client.post("/v1/auth/token", data=form)).status_code in {415, 422}


async def test_signing_in_with_json_says_that_a_form_is_wanted(client: httpx.AsyncClient) -> None:
    refused = await client.post("/v1/auth/token", json={"username": "awa@example.com", "password": "x" * 12})
    assert (refused.status_code, refused.json()["code"]) == (415, "unsupported_media_type")
    assert "application/x-www-form-urlencoded" in refused.json()["detail"]
