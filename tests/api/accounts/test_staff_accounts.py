"""What staff do to accounts over HTTP; it holds from the next request on."""

from typing import Any

import pytest

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.kit.ids import show_id


async def test_a_suspension_holds_from_the_next_request(house: Any, bruno: Any, chloe: Any) -> None:
    bruno_id = await bruno.id()
    answer = await chloe.ask("POST", f"/staff/accounts/{bruno_id}/suspend", {"reason": "Vend des contrefaçons."})
    assert (answer.status_code, answer.json()["suspension_reason"]) == (200, "Vend des contrefaçons.")
    assert (await bruno.ask("GET", "/me")).status_code == 401
    refused = await house.sign_in(bruno.email)
    assert (refused.status_code, refused.json()["code"]) == (403, "account_suspended")
    assert (await chloe.ask("POST", f"/staff/accounts/{bruno_id}/reinstate")).status_code == 200
    assert (await house.sign_in(bruno.email)).status_code == 200


async def test_a_role_comes_with_a_new_sign_in(house: Any, bruno: Any, david: Any) -> None:
    bruno_id = await bruno.id()
    granted = await david.ask("POST", f"/staff/accounts/{bruno_id}/roles", {"roles": ["support"]})
    assert granted.json()["roles"] == ["support"]
    assert (await bruno.ask("GET", "/me")).status_code == 401
    again = await house.person(bruno.email)
    assert (await again.ask("GET", "/staff/accounts")).status_code == 200
    await david.ask("POST", f"/staff/accounts/{bruno_id}/roles", {"roles": []})
    assert (await again.ask("GET", "/staff/accounts")).status_code == 401


async def test_nobody_raises_themselves(chloe: Any, david: Any) -> None:
    for person, code in ((chloe, "forbidden"), (david, "own_account")):
        answer = await person.ask("POST", f"/staff/accounts/{await person.id()}/roles", {"roles": ["admin", "finance"]})
        assert (answer.status_code, answer.json()["code"]) == (403, code)


async def test_support_does_not_suspend_an_admin(chloe: Any, david: Any) -> None:
    answer = await chloe.ask("POST", f"/staff/accounts/{await david.id()}/suspend", {"reason": "Mutinerie"})
    assert (answer.status_code, answer.json()["code"]) == (403, "staff_account")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/staff/accounts", None),
        ("POST", "/staff/accounts/{id}/roles", {"roles": ["admin"]}),
        ("POST", "/staff/accounts/{id}/suspend", {"reason": "Pour rire"}),
        ("POST", "/staff/accounts/{id}/reinstate", None),
    ],
)
async def test_what_is_for_staff_is_for_staff(awa: Any, bruno: Any, method: str, path: str, body: Any) -> None:
    assert (await awa.ask(method, path.format(id=await bruno.id()), body)).status_code == 403


async def test_an_absent_account_is_a_404(david: Any) -> None:
    absent = "acc_01k6zzzzzzzzzzzzzzzzzzzzzz"
    assert (await david.ask("POST", f"/staff/accounts/{absent}/roles", {"roles": []})).status_code == 404
    assert (await david.ask("POST", f"/staff/accounts/{absent}/suspend", {"reason": "Absent"})).status_code == 404


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("suspend", {"reason": "Vend trop cher."}),
        ("reinstate", None),
        ("roles", {"roles": ["admin"]}),
        ("roles", {"roles": []}),
    ],
)
async def test_the_house_is_left_alone(house: Any, david: Any, action: str, body: Any) -> None:
    answer = await david.ask("POST", f"/staff/accounts/{show_id('acc', HOUSE_ID)}/{action}", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "house_account")
    async with house.database.session() as session:
        untouched = await session.get_one(Account, HOUSE_ID)
    assert (untouched.roles, untouched.suspended_at, untouched.event_count) == ([], None, 0)


@pytest.mark.usefixtures("awa", "bruno")
async def test_chloe_finds_people(chloe: Any) -> None:
    async def handles(query: str) -> list[str]:
        return [account["handle"] for account in (await chloe.ask("GET", f"/staff/accounts?{query}")).json()["data"]]

    assert await handles("") == ["chloe", "bruno", "awa"]
    assert await handles("email=AWA@example.com") == ["awa"]
    assert await handles("role=support") == ["chloe"]
    assert await handles("suspended=true") == []
    assert await handles("handle_prefix=b&confirmed=true") == ["bruno"]
    assert (await chloe.ask("GET", "/staff/accounts?name=awa")).status_code == 422
