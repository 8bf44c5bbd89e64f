"""What is secret is shown once, kept hashed, and never written to a log."""

import re
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.kit.ids import new_id
from tests.security.town import PASSWORD, Town

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def a_registration(town: Town) -> set[str]:
    """Register, confirm, sign in, refresh, reset, and pay; the answer is everything secret or personal in it."""
    email, mark = f"{new_id().hex}@example.fr", f"Zoe{new_id().hex[:12]}"
    ask = town.anonymous
    body = {"email": email, "password": PASSWORD, "display_name": mark}
    assert (await ask.post("/v1/accounts", json=body)).status_code == 202
    token = await town.mailed_token(Purpose.CONFIRM)
    assert (await ask.post("/v1/accounts/confirm", json={"token": token})).status_code == 204
    person = await town.newcomer()
    address = await town.give_password(person)
    tokens = await town.sign_in(address)
    turned = (await ask.post("/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]})).json()
    wrong = {"username": address, "password": "mangues-pas-mures"}
    assert (await ask.post("/v1/auth/token", data=wrong)).status_code == 401
    ticket = await person.ask("POST", "/events/stream/tickets", 201)
    order = await town.world.place(person, town.id_of("listing"))
    payment = await town.world.pay(person, order["id"])
    await town.world.until(person, order["id"], "awaiting_acceptance")
    action = payment["next_action"]
    return {
        email,
        mark,
        address,
        token,
        PASSWORD,
        "mangues-pas-mures",
        tokens["access_token"],
        tokens["refresh_token"],
        turned["refresh_token"],
        tokens["device_token"],
        ticket["ticket"],
        action["client_secret"],
        "4242424242424242",
    }


async def test_no_log_has_a_secret_or_a_name(town: Town, capfd: pytest.CaptureFixture[str]) -> None:
    with capture_logs() as logs:
        secrets = await a_registration(town)
        await town.world.worker.drain()
    written = capfd.readouterr()
    everything = str(logs) + written.out + written.err
    assert "POST /v1/auth/token" in everything
    assert [secret for secret in secrets if secret in everything] == []


async def test_a_fault_is_logged_without_what_was_sent(town: Town, capfd: pytest.CaptureFixture[str]) -> None:
    mark = f"secret-{new_id().hex}"
    with capture_logs() as logs:
        for path in ("/v1/accounts", "/v1/auth/refresh", "/v1/orders", "/v1/me"):
            body = {"email": mark, "password": mark, "refresh_token": mark, mark: mark}
            assert (await town.client("buyer").post(path, json=body)).status_code in {400, 405, 422}
            assert (await town.client("buyer").get(f"{path}?{mark}={mark}")).status_code in {404, 405, 422}
    written = capfd.readouterr()
    assert mark not in str(logs) + written.out + written.err


async def test_nothing_secret_is_stored_as_it_is(town: Town) -> None:
    secrets = await a_registration(town)
    hidden = {secret for secret in secrets if "@" not in secret and not secret.startswith("Zoe")}
    # The provider's secret is the payer's to read again; it opens nothing of ours.
    hidden -= {secret for secret in hidden if secret.startswith("sec_")}
    found: list[tuple[str, str]] = []
    async with town.world.parts.database.session() as session:
        tables = await session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        for table in tables:
            rows = await session.scalar(text(f"SELECT string_agg(t::text, '|') FROM {table} AS t"))
            found += [(table, secret) for secret in hidden if rows and secret in rows]
    assert found == []


@pytest.mark.parametrize("path", ["/v1/auth/token", "/v1/auth/refresh"])
async def test_what_is_shown_once_is_not_cached(town: Town, path: str) -> None:
    tokens = await town.sign_in("awa@example.fr")
    more: dict[str, Any] = {"json": {"refresh_token": tokens["refresh_token"]}}
    if path.endswith("token"):
        more = {"data": {"username": "awa@example.fr", "password": PASSWORD}}
    answer = await town.anonymous.post(path, **more)
    assert answer.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(r"[A-Za-z0-9_-]{43,}", answer.json()["refresh_token"])
