"""Keys of a shop: shown once, for what they are for, rotated with an overlap, revoked at once."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from orderhub.domain.accounts.models import SignInSession
from orderhub.domain.policies.bounds import FIXED
from orderhub.domain.shops.models import ShopKey
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import parse_id
from tests.api.conftest import Join

SERVER = {"name": "Serveur de commandes", "scopes": ["orders:read", "events:read"]}


async def issue(salif: httpx.AsyncClient, shop: dict[str, Any], **parts: Any) -> dict[str, Any]:
    answer = await salif.post(f"/v1/shops/{shop['id']}/keys", json=SERVER | parts)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def call(client: httpx.AsyncClient, secret: str, path: str = "/v1/orders", method: str = "GET") -> httpx.Response:
    return await client.request(method, path, headers={"Authorization": f"Bearer {secret}"})


async def test_a_key_is_shown_once(salif: httpx.AsyncClient, shop: dict[str, Any], database: Database) -> None:
    issued = await issue(salif, shop)
    secret, key = issued["secret"], issued["key"]
    assert secret.startswith("ohk_")
    assert secret.startswith(key["hint"])
    assert len(secret) > 40
    assert (key["name"], key["scopes"], key["last_used_at"], key["ends_at"]) == (
        SERVER["name"],
        ["events:read", "orders:read"],
        None,
        None,
    )
    listed = (await salif.get(f"/v1/shops/{shop['id']}/keys")).json()
    assert listed == {"data": [key]}
    async with database.session() as session:
        (stored,) = await session.scalars(select(ShopKey))
    assert secret.encode() not in stored.hash
    assert secret not in repr(vars(stored))


async def test_a_key_does_what_it_is_for(
    client: httpx.AsyncClient, salif: httpx.AsyncClient, shop: dict[str, Any]
) -> None:
    secret = (await issue(salif, shop))["secret"]
    assert (await call(client, secret)).json() == {"data": [], "next_cursor": None}
    assert (await call(client, secret, "/v1/events")).status_code == 200
    unseen = await call(client, secret, "/v1/orders/ord_01kb0000000000000000000000/escrow")
    assert unseen.status_code == 404
    acting = await call(client, secret, "/v1/orders/ord_01kb0000000000000000000000/transitions", "POST")
    assert (acting.status_code, acting.json()["code"], acting.json()["scope"]) == (403, "key_scope", "orders:write")
    (key,) = (await salif.get(f"/v1/shops/{shop['id']}/keys")).json()["data"]
    assert key["last_used_at"] is not None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/me"),
        ("DELETE", "/v1/me"),
        ("GET", "/v1/me/export"),
        ("POST", "/v1/orders"),
        ("GET", "/v1/auth/sessions"),
        ("POST", "/v1/events/stream/tickets"),
        ("GET", "/v1/shops"),
        ("GET", "/v1/staff/queue"),
    ],
)
async def test_a_key_does_nothing_else(
    client: httpx.AsyncClient, salif: httpx.AsyncClient, shop: dict[str, Any], method: str, path: str
) -> None:
    every = ["orders:read", "orders:write", "events:read"]
    answer = await call(client, (await issue(salif, shop, scopes=every))["secret"], path, method)
    assert (answer.status_code, answer.json()["code"], answer.json()["scope"]) == (403, "key_scope", None)


async def test_a_revoked_key_is_refused_at_once(
    client: httpx.AsyncClient, salif: httpx.AsyncClient, shop: dict[str, Any]
) -> None:
    issued = await issue(salif, shop)
    assert (await call(client, issued["secret"])).status_code == 200
    path = f"/v1/shops/{shop['id']}/keys/{issued['key']['id']}"
    assert (await salif.delete(path)).status_code == 204
    for where in ("/v1/orders", "/v1/events", "/v1/orders/counts"):
        refused = await call(client, issued["secret"], where)
        assert refused.status_code == 401
        assert "une autre" in refused.json()["detail"]
    assert (await salif.delete(path)).json()["code"] == "shop_key_not_found"
    assert (await salif.get(f"/v1/shops/{shop['id']}/keys")).json() == {"data": []}


async def test_a_rotated_key_can_be_used_until_its_overlap_ends(
    client: httpx.AsyncClient, salif: httpx.AsyncClient, shop: dict[str, Any]
) -> None:
    old = await issue(salif, shop)
    path = f"/v1/shops/{shop['id']}/keys/{old['key']['id']}/rotate"
    new = (await salif.post(path, json={"overlap": "P1D"})).json()
    assert (new["key"]["name"], new["key"]["scopes"]) == (old["key"]["name"], old["key"]["scopes"])
    assert [(await call(client, made["secret"])).status_code for made in (old, new)] == [200, 200]
    first, second = (await salif.get(f"/v1/shops/{shop['id']}/keys")).json()["data"]
    assert first["ends_at"] is not None
    assert second["ends_at"] is None
    newest = (await salif.post(path.replace(old["key"]["id"], new["key"]["id"]), json={"overlap": "PT0S"})).json()
    assert [(await call(client, made["secret"])).status_code for made in (old, new, newest)] == [200, 401, 200]


@pytest.mark.parametrize("overlap", ["P30DT1S", "-PT1S", "PT"])
async def test_an_overlap_has_bounds(salif: httpx.AsyncClient, shop: dict[str, Any], overlap: str) -> None:
    key = (await issue(salif, shop))["key"]
    answer = await salif.post(f"/v1/shops/{shop['id']}/keys/{key['id']}/rotate", json={"overlap": overlap})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/overlap")


async def test_a_shop_has_so_many_keys(salif: httpx.AsyncClient, shop: dict[str, Any]) -> None:
    made = [await issue(salif, shop) for _ in range(FIXED["shop_keys"].most)]
    refused = await salif.post(f"/v1/shops/{shop['id']}/keys", json=SERVER)
    assert (refused.status_code, refused.json()["code"]) == (409, "limit_reached")
    await salif.delete(f"/v1/shops/{shop['id']}/keys/{made[0]['key']['id']}")
    await issue(salif, shop)


async def test_only_owners_and_staff_have_to_do_with_keys(
    join: Join, chloe: httpx.AsyncClient, salif: httpx.AsyncClient, shop: dict[str, Any]
) -> None:
    key = (await issue(salif, shop))["key"]
    editor, stranger = await join("fatou"), await join("zoe")
    me = (await editor.get("/v1/me")).json()["id"]
    await salif.post(f"/v1/shops/{shop['id']}/members", json={"account_id": me, "role": "editor"})
    for who in (editor, stranger):
        assert (await who.get(f"/v1/shops/{shop['id']}/keys")).status_code == 403
        refused = await who.post(f"/v1/shops/{shop['id']}/keys", json=SERVER)
        assert (refused.status_code, "Demandez à un propriétaire" in refused.json()["detail"]) == (403, True)
        assert (await who.delete(f"/v1/shops/{shop['id']}/keys/{key['id']}")).status_code == 403
    assert (await chloe.get(f"/v1/shops/{shop['id']}/keys")).json() == {"data": [key]}


@pytest.mark.parametrize("secret", ["ohk_", "ohk_" + "x" * 43, "ohk_" + "x" * 5000, "ohk_é"])
async def test_a_key_that_nobody_issued_is_refused(client: httpx.AsyncClient, secret: str) -> None:
    headers = {b"Authorization": f"Bearer {secret}".encode()}
    assert (await client.get("/v1/orders", headers=headers)).status_code == 401


async def test_nobody_finds_the_account_of_a_shop(
    chloe: httpx.AsyncClient, salif: httpx.AsyncClient, shop: dict[str, Any]
) -> None:
    del shop
    assert (await salif.get("/v1/accounts", params={"handle_prefix": "shop_"})).json()["data"] == []
    found = (await chloe.get("/v1/staff/accounts")).json()["data"]
    assert all(not account["handle"].startswith("shop_") for account in found)


async def test_what_is_issued_is_noted_in_the_audit(join: Join, salif: httpx.AsyncClient, shop: dict[str, Any]) -> None:
    issued = await issue(salif, shop)
    admin = await join("ada", "admin")
    entries = (await admin.get("/v1/staff/audit")).json()["data"]
    noted = next(entry for entry in entries if entry["action"] == "shop.key_created")
    assert noted["subject"] == shop["id"]
    assert noted["after"]["key_id"] == issued["key"]["id"]
    assert issued["secret"] not in str(entries)


async def test_a_key_that_was_rotated_can_be_revoked_until_it_is_forgotten(
    client: httpx.AsyncClient, salif: httpx.AsyncClient, shop: dict[str, Any], database: Database
) -> None:
    old = await issue(salif, shop)
    path = f"/v1/shops/{shop['id']}/keys/{old['key']['id']}"
    assert (await call(client, old["secret"])).status_code == 200
    await salif.post(f"{path}/rotate", json={"overlap": "P1D"})
    async with database.session() as session:
        opened = await session.get_one(SignInSession, parse_id("key", old["key"]["id"]))
        opened.expires_at = real_now()
    assert len((await salif.get(f"/v1/shops/{shop['id']}/keys")).json()["data"]) == 1
    assert (await salif.delete(path)).status_code == 204
    assert (await call(client, old["secret"])).status_code == 401
