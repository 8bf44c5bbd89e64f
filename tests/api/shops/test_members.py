"""Salif makes Inès an editor of his shop; she edits, but doesn't say who else does."""

from typing import Any

import httpx
import pytest

from orderhub.kit.ids import new_id, show_id
from tests.api.conftest import Join


async def account_of(client: httpx.AsyncClient) -> str:
    return (await client.get("/v1/me")).json()["id"]


@pytest.fixture
async def ines(join: Join) -> httpx.AsyncClient:
    return await join("ines")


@pytest.fixture
def path(shop: dict[str, Any]) -> str:
    return f"/v1/shops/{shop['id']}/members"


async def test_an_editor_comes_and_goes(
    shop: dict[str, Any], path: str, salif: httpx.AsyncClient, ines: httpx.AsyncClient
) -> None:
    account = await account_of(ines)
    added = await salif.post(path, json={"account_id": account})
    assert added.status_code == 201
    assert added.json() == {
        "account": {"id": account, "handle": "ines", "display_name": "Ines", "photo": None},
        "role": "editor",
        "added_at": added.json()["added_at"],
    }
    listed = (await salif.get(path)).json()["data"]
    assert [(member["account"]["handle"], member["role"]) for member in listed] == [
        ("salif", "owner"),
        ("ines", "editor"),
    ]
    assert (await ines.patch(f"/v1/shops/{shop['id']}", json={"name": "Chez Inès"})).status_code == 200
    assert [found["role"] for found in (await ines.get("/v1/me/shops")).json()["data"]] == ["editor"]

    assert (await ines.delete(f"{path}/{account}")).status_code == 204
    gone = await salif.delete(f"{path}/{account}")
    assert (gone.status_code, gone.json()["code"]) == (404, "shop_member_not_found")
    assert (await ines.patch(f"/v1/shops/{shop['id']}", json={"name": "À moi"})).status_code == 403


async def test_only_owners_and_staff_decide(
    path: str,
    salif: httpx.AsyncClient,
    ines: httpx.AsyncClient,
    awa: httpx.AsyncClient,
    chloe: httpx.AsyncClient,
    client: httpx.AsyncClient,
) -> None:
    owner, editor = await account_of(salif), await account_of(ines)
    await salif.post(path, json={"account_id": editor, "role": "editor"})

    for person, status in ((client, 401), (awa, 403), (ines, 403)):
        assert (await person.get(path)).status_code == status
        promoted = await person.post(path, json={"account_id": editor, "role": "owner"})
        assert promoted.status_code == status
        assert (await person.delete(f"{path}/{owner}")).status_code == status
    assert len((await chloe.get(path)).json()["data"]) == 2
    again = await salif.post(path, json={"account_id": editor, "role": "owner"})
    assert (again.status_code, again.json()["role"]) == (201, "owner")
    assert (await ines.get(path)).status_code == 200


async def test_the_last_owner_stays(path: str, salif: httpx.AsyncClient, chloe: httpx.AsyncClient) -> None:
    owner = await account_of(salif)

    for refused in (
        await salif.delete(f"{path}/{owner}"),
        await salif.post(path, json={"account_id": owner, "role": "editor"}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")
    assert (await chloe.delete(f"{path}/{owner}")).status_code == 204
    assert (await salif.get(path)).status_code == 403


async def test_nobody_unknown_is_added(path: str, salif: httpx.AsyncClient) -> None:
    refused = await salif.post(path, json={"account_id": show_id("acc", new_id())})

    assert (refused.status_code, refused.json()["code"]) == (404, "account_not_found")
    assert (await salif.post(path, json={"account_id": "ines"})).status_code == 422
    assert (await salif.post(path, json={})).status_code == 422


async def test_adding_is_replayed_only_while_one_may(
    path: str, salif: httpx.AsyncClient, ines: httpx.AsyncClient, chloe: httpx.AsyncClient
) -> None:
    body, key = {"account_id": await account_of(ines)}, {"Idempotency-Key": "ines-1"}
    first = await salif.post(path, json=body, headers=key)
    again = await salif.post(path, json=body, headers=key)
    assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")

    await chloe.delete(f"{path}/{await account_of(salif)}")
    assert (await salif.post(path, json=body, headers=key)).status_code == 403


async def test_a_membership_leaves_with_the_person(
    path: str, shop: dict[str, Any], salif: httpx.AsyncClient, chloe: httpx.AsyncClient
) -> None:
    exported = (await salif.get("/v1/me/export")).json()["shops"]
    assert [(held["id"], held["name"], held["role"]) for held in exported] == [(shop["id"], shop["name"], "owner")]

    left = await salif.delete("/v1/me")
    assert left.status_code == 204, left.text
    assert (await chloe.get(path)).json()["data"] == []
    assert (await chloe.get(f"/v1/shops/{shop['id']}")).status_code == 200
