"""What becomes of Awa's quote over HTTP: each ending of the table, and each refusal with what is possible instead."""

from typing import Any

import httpx
import pytest

from orderhub.kit.ids import new_id
from tests.api.quotes.conftest import Lead, act, euros, priced


async def read(client: httpx.AsyncClient, quote: dict[str, Any]) -> dict[str, Any]:
    return (await client.get(f"/v1/quotes/{quote['id']}")).json()


async def test_from_a_request_to_an_order(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, quote: dict[str, Any]
) -> None:
    taken = await act(chloe, quote, "take")
    assert (taken["status"], taken["taken_by"] is not None) == ("in_preparation", True)
    drafted = await priced(chloe, quote)
    issued = await act(chloe, quote, "issue")
    assert (issued["status"], issued["draft"], issued["current"]["n"]) == ("issued", None, 1)
    assert issued["current"]["content"] == drafted
    assert issued["current"]["number"].startswith("PF-")
    assert (await read(awa, quote))["available_actions"] == ["accept", "decline", "ask_changes"]

    order = await act(awa, quote, "accept", 201, version=1)
    assert (order["kind"], order["status"], order["total"]) == ("sourced", "awaiting_deposit", drafted["total"])
    accepted = await read(awa, quote)
    assert (accepted["status"], accepted["order_id"], accepted["available_actions"]) == ("accepted", order["id"], [])
    assert accepted["final_at"] is not None
    assert (await awa.get(f"/v1/orders/{order['id']}")).json()["id"] == order["id"]


async def test_changes_asked_for_give_the_next_version_and_only_that_one_is_accepted(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, quote: dict[str, Any]
) -> None:
    await act(chloe, quote, "take")
    await priced(chloe, quote)
    first = (await act(chloe, quote, "issue"))["current"]
    changes = await act(awa, quote, "ask_changes", message="Une seule paire suffit.")
    assert (changes["status"], changes["deadlines"]) == ("changes_requested", [])
    await act(chloe, quote, "take")
    await priced(chloe, quote, quantity=1)
    second = (await act(chloe, quote, "issue"))["current"]
    assert (second["n"], second["number"] > first["number"]) == (2, True)

    refused = await act(awa, quote, "accept", 409, version=1)
    assert (refused["code"], refused["guard"], refused["current"]) == ("guard_not_met", "version_not_current", 2)
    assert refused["available_actions"] == ["accept", "decline", "ask_changes"]
    order = await act(awa, quote, "accept", 201, version=2)
    assert order["total"] == second["content"]["total"]
    history = (await awa.get(f"/v1/quotes/{quote['id']}/transitions")).json()["data"]
    assert [row["action"] for row in history] == [
        "accept", "issue", "take", "ask_changes", "issue", "take", "request",
    ]  # fmt: skip
    assert history[3]["said"] == {"message": "Une seule paire suffit."}


@pytest.mark.parametrize(
    ("way", "who", "action", "fields", "status"),
    [
        ((), "awa", "cancel", {}, "cancelled"),
        ((), "chloe", "reject", {"reason": "Batteries au lithium."}, "rejected"),
        (("in_preparation",), "awa", "cancel", {}, "cancelled"),
        (("in_preparation",), "chloe", "reject", {"reason": "Introuvable."}, "rejected"),
        (("in_preparation", "issued"), "awa", "decline", {}, "declined"),
        (("in_preparation", "issued"), "chloe", "withdraw", {"reason": "Le prix a changé."}, "withdrawn"),
        (("in_preparation", "issued", "changes_requested"), "awa", "cancel", {}, "cancelled"),
        (("in_preparation", "issued", "expired"), "awa", "renew", {}, "in_preparation"),
        (("in_preparation", "issued", "expired"), "chloe", "renew", {}, "in_preparation"),
    ],
)
async def test_every_other_way_to_go_on_or_to_end(
    awa: httpx.AsyncClient,
    chloe: httpx.AsyncClient,
    quote: dict[str, Any],
    lead: Lead,
    way: tuple[str, ...],
    who: str,
    action: str,
    fields: dict[str, Any],
    status: str,
) -> None:
    await lead(*way)
    done = await act({"awa": awa, "chloe": chloe}[who], quote, action, **fields)

    assert done["status"] == status
    assert (done["final_at"] is not None) == (status != "in_preparation")
    (last, *_) = (await awa.get(f"/v1/quotes/{quote['id']}/transitions")).json()["data"]
    assert (last["action"], last["to"], last["said"]) == (action, status, fields)


async def test_nothing_is_issued_without_a_draft(chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead) -> None:
    await lead("in_preparation")
    refused = await act(chloe, quote, "issue", 409)
    assert (refused["code"], refused["guard"]) == ("guard_not_met", "draft_incomplete")


async def test_what_a_colleague_has_changed_meanwhile_is_not_issued(
    chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead
) -> None:
    await lead("in_preparation")
    await priced(chloe, quote)
    seen = (await chloe.get(f"/v1/quotes/{quote['id']}")).headers["ETag"]
    await priced(chloe, quote, quantity=3)
    path = f"/v1/quotes/{quote['id']}/transitions"
    headers = {"Idempotency-Key": new_id().hex, "If-Match": seen}
    stale = await chloe.post(path, json={"action": "issue"}, headers=headers)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")


@pytest.mark.parametrize(
    ("who", "action", "status", "code"),
    [
        ("awa", "issue", 403, "action_not_yours"),
        ("chloe", "decline", 403, "action_not_yours"),
        ("felix", "take", 403, "action_not_yours"),
        ("awa", "decline", 409, "transition_not_allowed"),
        ("chloe", "issue", 409, "transition_not_allowed"),
        ("bruno", "decline", 404, "quote_not_found"),
    ],
)
async def test_what_the_table_does_not_list_is_refused(
    awa: httpx.AsyncClient,
    bruno: httpx.AsyncClient,
    chloe: httpx.AsyncClient,
    felix: httpx.AsyncClient,
    quote: dict[str, Any],
    who: str,
    action: str,
    status: int,
    code: str,
) -> None:
    people = {"awa": awa, "bruno": bruno, "chloe": chloe, "felix": felix}
    refused = await act(people[who], quote, action, status)
    assert refused["code"] == code
    if status == 409:
        assert refused["current_status"] == "requested"
        assert refused["available_actions"] == {"awa": ["cancel"], "chloe": ["take", "reject"]}[who]


async def test_accepting_twice_with_one_key_places_one_order(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead
) -> None:
    await lead("in_preparation")
    await priced(chloe, quote)
    await act(chloe, quote, "issue")
    path, body = f"/v1/quotes/{quote['id']}/transitions", {"action": "accept", "version": 1}
    assert (await awa.post(path, json=body)).json()["code"] == "idempotency_key_required"
    first, again = [await awa.post(path, json=body, headers={"Idempotency-Key": "oui"}) for _ in range(2)]
    assert (first.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.headers["Location"] == f"/v1/orders/{first.json()['id']}"
    assert len((await awa.get("/v1/orders")).json()["data"]) == 1


async def test_a_draft_in_another_currency_becomes_an_order_in_it(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, quote: dict[str, Any]
) -> None:
    await act(chloe, quote, "take")
    await priced(chloe, quote, currency="XOF")
    await act(chloe, quote, "issue")
    order = await act(awa, quote, "accept", 201, version=1)
    assert order["total"] == euros(order["total"]["amount"]) | {"currency": "XOF"}
