"""Contact details in comments: masked for everybody but their author and staff, flagged, and the author told why."""

from typing import Any

import httpx

from tests.api.comments.conftest import wrote

TEXT = "Appelle-moi au 06 12 34 56 78, ou awa@example.fr"


async def test_readers_see_a_mask_and_the_author_why(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, client: httpx.AsyncClient, jacket: str
) -> None:
    written = await wrote(awa, jacket, TEXT)
    assert (written["text"], written["masked"]) == (TEXT, ["email", "phone"])
    assert "toute protection" in written["notice"]
    for reader in (bruno, client):
        (shown,) = (await reader.get(jacket)).json()["data"]
        assert (shown["text"], shown["masked"]) == ("Appelle-moi au •••••, ou •••••", ["email", "phone"])
    (seen,) = (await chloe.get(jacket)).json()["data"]
    assert seen["text"] == TEXT


async def test_staff_find_what_was_flagged_behind_one_case_of_the_listing(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, jacket: str
) -> None:
    first = await wrote(awa, jacket, TEXT)
    await wrote(awa, jacket, "Elle est belle.")
    second = await wrote(bruno, jacket, "Ou bruno@example.fr", parent_id=first["id"])
    (case,) = (await chloe.get("/v1/staff/flags")).json()["data"]
    assert case["case"]["reason"] == f"Contact details in {first['listing_id']}."
    assert [(each["comment_id"], each["text"], each["kinds"]) for each in case["flags"]] == [
        (second["id"], "Ou bruno@example.fr", ["email"]),
        (first["id"], TEXT, ["email", "phone"]),
    ]
    assert {each["listing_id"] for each in case["flags"]} == {first["listing_id"]}
    assert {each["message_id"] for each in case["flags"]} == {None}
    (waiting,) = (await chloe.get("/v1/staff/queue")).json()["data"]
    assert waiting["subject"] == case["case"]["id"]

    closed = await chloe.post(f"/v1/staff/cases/{case['case']['id']}/close", json={"resolution": "Averti."})
    assert closed.status_code == 200
    await wrote(awa, jacket, TEXT)
    assert len((await chloe.get("/v1/staff/flags")).json()["data"]) == 1


async def test_nobody_closes_a_case_about_their_own_words(chloe: httpx.AsyncClient, jacket: str, join: Any) -> None:
    await wrote(chloe, jacket, TEXT)
    (case,) = (await chloe.get("/v1/staff/flags")).json()["data"]
    path = f"/v1/staff/cases/{case['case']['id']}/close"
    assert (await chloe.post(path, json={"resolution": "Rien."})).status_code == 403
    colleague = await join("farid", "support")
    assert (await colleague.post(path, json={"resolution": "Averti."})).status_code == 200
