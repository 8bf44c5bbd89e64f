"""Idris and Fatou change the policy over HTTP, and everybody reads the terms."""

import asyncio
from typing import Any

import httpx
import pytest

from orderhub.api.schemas.staff_policies import CommissionsIn, HolidaysIn, SettingsIn
from orderhub.api.schemas.terms import TermsIn

People = dict[str, httpx.AsyncClient]
INSTALLED = 4
"""The version of the policy that the migrations leave."""


def tag(version: int) -> str:
    return f'"{version}"'


def version_in(answer: httpx.Response) -> int:
    return int(answer.headers["ETag"].strip('"').partition("-")[0])


def example(schema: type[Any]) -> Any:
    return schema.model_config["json_schema_extra"]["examples"][0]


async def test_the_settings_are_read_changed_and_audited(idris: httpx.AsyncClient) -> None:
    before = await idris.get("/v1/staff/settings", headers={"Accept-Language": "en"})
    assert (before.status_code, version_in(before)) == (200, INSTALLED)
    assert before.json()["durations"]["payment"] == "PT24H"
    approval = next(rule for rule in before.json()["rules"] if rule["name"] == "approval")
    assert approval == {
        "name": "approval",
        "label": "Automatic approval of a delivery",
        "least": "PT1H",
        "most": "P60D",
    }

    after = await idris.put("/v1/staff/settings", json=example(SettingsIn), headers={"If-Match": tag(INSTALLED)})
    assert (after.status_code, after.headers["ETag"]) == (200, tag(INSTALLED + 1))
    assert after.json()["durations"]["approval"] == "P5D"

    (entry,) = (await idris.get("/v1/staff/audit", params={"action": "settings.changed"})).json()["data"]
    assert entry["before"]["durations"]["approval"] == "P7D"
    assert entry["after"]["durations"]["approval"] == "P5D"
    assert entry["account_id"].startswith("acc_")


async def test_sending_back_what_was_read_changes_nothing(idris: httpx.AsyncClient) -> None:
    for path in ("settings", "holidays", "terms"):
        read = await idris.get(f"/v1/staff/{path}")
        body = {name: value for name, value in read.json().items() if name in READ_BACK}
        written = await idris.put(f"/v1/staff/{path}", json=body)
        assert (written.status_code, version_in(written)) == (200, version_in(read)), written.text
    assert (await idris.get("/v1/staff/audit")).json()["data"] == []


READ_BACK = {"durations", "fees", "bounds", "working_days", "holidays", "text"}


async def test_a_stale_version_is_refused(idris: httpx.AsyncClient) -> None:
    await idris.put("/v1/staff/settings", json=example(SettingsIn))
    for stale in (tag(INSTALLED), tag(INSTALLED + 2), '"abc"', f"W/{tag(INSTALLED)}"):
        answer = await idris.put("/v1/staff/settings", json=example(SettingsIn), headers={"If-Match": stale})
        assert (answer.status_code, answer.json()["code"]) == (412, "policy_stale"), stale
    assert answer.json()["current_version"] == INSTALLED + 1
    answer = await idris.put("/v1/staff/settings", json=example(SettingsIn), headers={"If-Match": "*"})
    assert answer.status_code == 200


async def test_impossible_values_are_pointed_at(idris: httpx.AsyncClient) -> None:
    body = example(SettingsIn)
    body = {**body, "durations": {**body["durations"], "approval": "P400D", "nap": "PT1H"}, "fees": {"tip": 5}}
    answer = await idris.put("/v1/staff/settings", json=body)
    assert answer.status_code == 422
    assert {(error["pointer"], error["code"]) for error in answer.json()["errors"]} == {
        ("/durations/approval", "out_of_bounds"),
        ("/durations/nap", "unknown_name"),
        ("/fees/tip", "unknown_name"),
    }


@pytest.mark.parametrize("value", [True, "5", 5.0, -1, 5001])
async def test_basis_points_are_whole_numbers_within_bounds(fatou: httpx.AsyncClient, value: Any) -> None:
    body = {"rules": [{"kind": "service", "category": None, "basis_points": value}]}
    answer = await fatou.put("/v1/staff/commissions", json=body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/rules/0/basis_points"]


async def test_finance_changes_commissions(fatou: httpx.AsyncClient) -> None:
    written = await fatou.put(
        "/v1/staff/commissions", json=example(CommissionsIn), headers={"If-Match": tag(INSTALLED)}
    )
    assert (written.status_code, written.json()["version"]) == (200, INSTALLED + 1)
    assert (await fatou.get("/v1/staff/commissions")).json()["rules"] == example(CommissionsIn)["rules"]
    unknown = {"rules": [*example(CommissionsIn)["rules"], {"kind": "service", "category": "lego", "basis_points": 1}]}
    answer = await fatou.put("/v1/staff/commissions", json=unknown)
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/rules/3/category"]


async def test_holidays_are_replaced_and_named_once(idris: httpx.AsyncClient) -> None:
    written = await idris.put("/v1/staff/holidays", json=example(HolidaysIn))
    assert written.json()["holidays"] == example(HolidaysIn)["holidays"]
    twice = {"holidays": [{"day": "2026-12-25", "label": "Noël"}, {"day": "2026-12-25", "label": "Christmas"}]}
    answer = await idris.put("/v1/staff/holidays", json=twice)
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [("/holidays", "duplicate_day")]


async def test_new_terms_are_for_everybody_in_their_language(
    idris: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    old = (await client.get("/v1/terms")).json()
    assert (old["version"], old["language"]) == (1, "fr")
    assert (await idris.put("/v1/staff/terms", json=example(TermsIn))).json()["version"] == 2
    for language in ("fr", "en"):
        new = await client.get("/v1/terms", headers={"Accept-Language": language})
        assert (version_in(new), new.json()["version"]) == (2, 2)
        assert new.json()["text"] == example(TermsIn)["text"][language]


async def test_two_changes_at_once_make_one_version(idris: httpx.AsyncClient) -> None:
    bodies = [{"holidays": [{"day": f"2027-05-{day:02}", "label": "Pont"}]} for day in range(1, 7)]
    answers = await asyncio.gather(
        *(idris.put("/v1/staff/holidays", json=body, headers={"If-Match": tag(INSTALLED)}) for body in bodies)
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses[0] == 200
    assert set(statuses[1:]) <= {409, 412}
    read = (await idris.get("/v1/staff/holidays")).json()
    won = next(body for body, answer in zip(bodies, answers, strict=True) if answer.status_code == 200)
    assert (read["version"], read["holidays"]) == (INSTALLED + 1, won["holidays"])


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("settings", "idris"),
        ("holidays", "idris"),
        ("terms", "idris"),
        ("audit", "idris"),
        ("commissions", "fatou"),
        ("payments", "fatou"),
        ("refunds", "fatou"),
        ("cases", "chloe"),
        ("flags", "chloe"),
    ],
)
async def test_each_list_is_one_roles_work(client: httpx.AsyncClient, people: People, path: str, role: str) -> None:
    assert (await client.get(f"/v1/staff/{path}")).status_code == 401
    for name, person in people.items():
        assert (await person.get(f"/v1/staff/{path}")).status_code == (200 if name == role else 403), name
