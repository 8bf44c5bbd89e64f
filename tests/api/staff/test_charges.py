"""What is added to the price of items: finance reads and changes it, each change a new version."""

import httpx
import pytest

from orderhub.api.schemas.staff_charges import ProtectionIn, ShippingIn
from tests.api.staff.test_policies import INSTALLED, example, tag


async def test_finance_changes_the_prices_of_shipping(fatou: httpx.AsyncClient) -> None:
    before = (await fatou.get("/v1/staff/shipping")).json()
    assert (before["version"], before["rates"]["EUR"]["small"]["domestic"]) == (INSTALLED, 399)
    body = example(ShippingIn)
    written = await fatou.put("/v1/staff/shipping", json=body, headers={"If-Match": tag(INSTALLED)})
    assert (written.status_code, written.json()) == (200, {"version": INSTALLED + 1, **body})
    stale = await fatou.put("/v1/staff/shipping", json=body, headers={"If-Match": tag(INSTALLED)})
    assert stale.status_code == 412


async def test_finance_changes_the_protection_fee(fatou: httpx.AsyncClient) -> None:
    assert (await fatou.get("/v1/staff/protection")).json()["fixed"]["EUR"] == 70
    body = example(ProtectionIn)
    written = await fatou.put("/v1/staff/protection", json=body | {"basis_points": 300})
    assert (written.status_code, written.json()["basis_points"]) == (200, 300)


@pytest.mark.parametrize(
    ("rates", "pointer", "code"),
    [
        ({"EUR": {"small": {"domestic": 1}, "medium": {"domestic": 1}}}, "/rates/EUR/large/domestic", "missing"),
        ({"EUR": {"huge": {"domestic": 1}}}, "/rates/EUR/huge", "unknown_name"),
        ({"EUR": {"small": {"domestic": 2, "far": 1}}}, "/rates/EUR/small", "not_rising"),
        ({"ZZZ": {}}, "/rates/ZZZ", "unknown_currency"),
    ],
)
async def test_prices_that_can_not_be(
    fatou: httpx.AsyncClient, rates: dict[str, dict[str, dict[str, int]]], pointer: str, code: str
) -> None:
    answer = await fatou.put("/v1/staff/shipping", json={"near": [], "rates": rates})
    assert answer.status_code == 422
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


@pytest.mark.parametrize("basis_points", [-1, 2_501])
async def test_a_share_has_bounds(fatou: httpx.AsyncClient, basis_points: int) -> None:
    answer = await fatou.put("/v1/staff/protection", json={"basis_points": basis_points, "fixed": {}})
    assert answer.status_code == 422
