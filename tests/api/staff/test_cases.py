"""Awa reports a problem, Chloé finds it in the queue and closes it; Bruno's address is flagged."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.orders.models import Order
from orderhub.domain.transitions.models import History
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id, show_id

RESOLUTION = {"resolution": "Bruno a renvoyé le fichier."}


async def act(person: httpx.AsyncClient, order: dict[str, Any], **action: Any) -> httpx.Response:
    key = {"Idempotency-Key": str(new_id())}
    return await person.post(f"/v1/orders/{order['id']}/transitions", json=action, headers=key)


async def report(awa: httpx.AsyncClient, order: dict[str, Any], reason: str) -> None:
    answer = await act(awa, order, action="report_problem", reason=reason)
    assert answer.status_code == 200, answer.text


async def open_cases(chloe: httpx.AsyncClient) -> list[dict[str, Any]]:
    return (await chloe.get("/v1/staff/cases", params={"open": "true"})).json()["data"]


async def counted(database: Database) -> int:
    async with database.session() as session:
        return (await session.scalars(select(Order.open_cases))).one()


async def test_a_problem_waits_in_the_queue_until_support_closes_it(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, order: dict[str, Any], database: Database
) -> None:
    await report(awa, order, "Le vendeur ne répond plus.")
    (waiting,) = (await chloe.get("/v1/staff/queue", headers={"Accept-Language": "fr"})).json()["data"]
    assert (waiting["kind"], waiting["label"], waiting["role"]) == ("problem", "Problème signalé", "support")
    assert (waiting["about"], waiting["order_id"]) == ("Le vendeur ne répond plus.", order["id"])
    assert (waiting["working_days"], waiting["overdue"]) == (0, False)
    assert waiting["age"].startswith("PT")

    closed = await chloe.post(f"/v1/staff/cases/{waiting['subject']}/close", json=RESOLUTION)
    assert closed.status_code == 200, closed.text
    assert closed.json()["resolution"] == RESOLUTION["resolution"]
    assert closed.json()["closed_by"].startswith("acc_")
    assert (await chloe.get("/v1/staff/queue")).json()["data"] == []
    assert await counted(database) == 0
    read = (await chloe.get(f"/v1/staff/cases/{waiting['subject']}")).json()
    assert read == {"case": closed.json(), "flags": [], "file_ids": []}
    async with database.session() as session:
        history = (await session.scalars(select(History.action).order_by(History.version))).all()
    assert history == ["place", "report_problem", "close_case"]

    again = await chloe.post(f"/v1/staff/cases/{waiting['subject']}/close", json=RESOLUTION)
    assert (again.status_code, again.json()["code"]) == (409, "case_closed")


async def test_the_case_that_is_named_is_the_one_that_closes(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, order: dict[str, Any], database: Database
) -> None:
    for reason in ("Premier.", "Deuxième.", "Troisième."):
        await report(awa, order, reason)
    newest, middle, oldest = await open_cases(chloe)
    await chloe.post(f"/v1/staff/cases/{middle['id']}/close", json=RESOLUTION)
    assert [case["id"] for case in await open_cases(chloe)] == [newest["id"], oldest["id"]]
    answer = await act(chloe, order, action="close_case", resolution="Le plus ancien.")
    assert answer.status_code == 200, answer.text
    assert [case["id"] for case in await open_cases(chloe)] == [newest["id"]]
    assert await counted(database) == 1


async def test_a_case_closed_twice_at_once_is_closed_and_counted_once(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, order: dict[str, Any], database: Database
) -> None:
    for reason in ("Premier.", "Deuxième."):
        await report(awa, order, reason)
    case, other = await open_cases(chloe)
    path = f"/v1/staff/cases/{case['id']}/close"
    answers = await asyncio.gather(*(chloe.post(path, json=RESOLUTION) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"case_closed"}
    assert [found["id"] for found in await open_cases(chloe)] == [other["id"]]
    assert await counted(database) == 1


async def test_a_problem_of_an_order_that_ended_is_closed_all_the_same(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, order: dict[str, Any]
) -> None:
    await report(awa, order, "Je me suis trompée.")
    assert (await act(awa, order, action="cancel")).status_code == 200
    (case,) = await open_cases(chloe)
    closed = await chloe.post(f"/v1/staff/cases/{case['id']}/close", json=RESOLUTION)
    assert closed.status_code == 200, closed.text
    assert await open_cases(chloe) == []


async def test_the_same_request_again_answers_the_same(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, order: dict[str, Any]
) -> None:
    await report(awa, order, "Rien reçu.")
    (case,) = await open_cases(chloe)
    path, key = f"/v1/staff/cases/{case['id']}/close", {"Idempotency-Key": "close-it"}
    first = await chloe.post(path, json=RESOLUTION, headers=key)
    second = await chloe.post(path, json=RESOLUTION, headers=key)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert (second.status_code, second.json()) == (200, first.json())


async def test_nobody_of_staff_closes_their_own_case(
    join: Any, awa: httpx.AsyncClient, chloe: httpx.AsyncClient, listing_id: Any
) -> None:
    body = {"kind": "service", "listing_id": show_id("lst", listing_id)}
    placed = await chloe.post("/v1/orders", json=body, headers={"Idempotency-Key": "mine"})
    await report(chloe, placed.json(), "Je suis pressée.")
    (case,) = await open_cases(chloe)
    answer = await chloe.post(f"/v1/staff/cases/{case['id']}/close", json=RESOLUTION)
    assert (answer.status_code, answer.json()["code"]) == (403, "staff_is_party")
    assert (await awa.post(f"/v1/staff/cases/{case['id']}/close", json=RESOLUTION)).status_code == 403


@pytest.mark.parametrize("case_id", ["cas_00000000000000000000000000", "cas_1", "ord_00000000000000000000000000"])
async def test_what_is_no_case_is_not_found(chloe: httpx.AsyncClient, case_id: str) -> None:
    assert (await chloe.get(f"/v1/staff/cases/{case_id}")).status_code == 404
    assert (await chloe.post(f"/v1/staff/cases/{case_id}/close", json=RESOLUTION)).status_code == 404


async def test_flags_show_what_was_written_until_they_are_closed(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, order: dict[str, Any]
) -> None:
    text = "Écrivez-moi à bruno@example.fr"
    sent = await bruno.post(f"/v1/conversations/{order['conversation_id']}/messages", json={"text": text})
    assert sent.status_code == 201, sent.text
    (flag,) = (await chloe.get("/v1/staff/flags")).json()["data"]
    assert [(message["text"], message["kinds"]) for message in flag["flags"]] == [(text, ["email"])]
    closed = await chloe.post(f"/v1/staff/cases/{flag['case']['id']}/close", json={"resolution": "Averti."})
    assert closed.status_code == 200, closed.text
    assert (await chloe.get("/v1/staff/flags")).json()["data"] == []
    (kept,) = (await chloe.get("/v1/staff/flags", params={"open": "false"})).json()["data"]
    assert kept["case"]["resolution"] == "Averti."


async def test_lists_go_on_where_the_page_before_ended(chloe: httpx.AsyncClient, database: Database) -> None:
    ids = sorted((new_id() for _ in range(5)), reverse=True)
    async with database.session() as session:
        kind = CaseKind.CONTACT_DETAILS.value
        session.add_all(Case(id=case_id, kind=kind, reason="À voir", opened_at=real_now()) for case_id in ids)
    for path, key in (("queue", "subject"), ("cases", "id")):
        found: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = (await chloe.get(f"/v1/staff/{path}", params={"limit": "2", **cursor})).json()
            found += [item[key] for item in page["data"]]
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}
        assert found == [show_id("cas", case_id) for case_id in ids], path


async def test_an_unknown_filter_is_refused(chloe: httpx.AsyncClient) -> None:
    for query in ({"colour": "red"}, {"open": "yes"}, {"kind": "gift"}, {"order_id": "lst_1"}):
        assert (await chloe.get("/v1/staff/cases", params=query)).status_code == 422, query
