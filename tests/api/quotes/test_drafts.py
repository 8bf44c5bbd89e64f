"""Chloé prices Awa's quote: as often as she likes, while it is in preparation, and nobody but staff sees it."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from orderhub.api.schemas.quotes import QuoteOut
from orderhub.domain.accounts.models import Account
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, show_id
from tests.api.quotes.conftest import SANDALS, Lead, euros


@pytest.fixture
def draft(quote: dict[str, Any]) -> dict[str, Any]:
    """Both lines, a fee, freight by weight, 40 % in advance."""
    sandals, belt = quote["lines"]
    return {
        "currency": "EUR",
        "lines": [
            {
                "id": sandals["id"],
                "unit_price": euros(4_590),
                "tax_basis_points": 2000,
                "conversion_note": "29 500 XOF à 655,957",
            },
            {"id": belt["id"], "unit_price": euros(1_500), "tax_basis_points": 2000, "quantity": 3},
        ],
        "fees": [{"label": "Frais de service", "amount": euros(900), "tax_basis_points": 2000}],
        "freight": {"basis": "weight", "weight_grams": 1_850, "rate_per_kg": euros(890)},
        "deposit_percent": 40,
        "purchase_by": "2036-12-01",
        "arrive_by": "2036-12-20",
        "payment_instructions": [{"method": "mobile_money", "label": "Wave", "details": "+221 77 123 45 67"}],
        "remarks": "Les sandales taillent petit.",
    }


async def save(chloe: httpx.AsyncClient, quote: dict[str, Any], draft: dict[str, Any], **headers: str) -> Any:
    return await chloe.post(f"/v1/quotes/{quote['id']}/versions", json=draft, headers=headers)


async def test_a_draft_is_priced_and_answered(
    chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead, draft: dict[str, Any]
) -> None:
    await lead("in_preparation")
    answer = await save(chloe, quote, draft)

    assert answer.status_code == 200, answer.text
    shown = answer.json()
    content = shown["draft"]
    assert [line["amount"] for line in content["lines"]] == [euros(9_180), euros(4_500)]
    assert content["lines"][0]["shop"]["name"] == "Sandaga Chaussures"
    assert content["freight"]["amount"] == euros(1_646)  # 1.85 kg at 8.90: 16.465, to the even cent
    assert content["taxes"] == [
        {"basis_points": 0, "base": euros(1_646), "amount": euros(0)},
        {"basis_points": 2000, "base": euros(14_580), "amount": euros(2_916)},
    ]
    assert (content["total"], content["deposit"], content["balance"]) == (euros(19_142), euros(7_657), euros(11_485))
    assert content["valid_for"] == "P7D"
    assert (shown["role"], shown["available_actions"]) == ("staff", ["issue", "reject"])
    assert answer.headers["ETag"] == '"3"'
    assert QuoteOut.model_validate(shown).model_dump(mode="json") == shown


async def test_a_draft_is_saved_again_and_again(
    chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead, draft: dict[str, Any]
) -> None:
    await lead("in_preparation")
    gift = {"name": "Boîte cadeau", "unit_price": euros(350), "url": SANDALS}
    first = (await save(chloe, quote, draft | {"lines": [*draft["lines"], gift]})).json()["draft"]
    assert first["lines"][2]["shop"]["name"] == "Sandaga Chaussures"

    again = draft | {"lines": [draft["lines"][0], {"id": first["lines"][2]["id"], "unit_price": euros(400)}]}
    second = (await save(chloe, quote, again)).json()["draft"]
    assert [(line["name"], line["amount"]) for line in second["lines"]] == [
        ("Sandales", euros(9_180)),
        ("Boîte cadeau", euros(400)),
    ]
    assert (await chloe.get(f"/v1/quotes/{quote['id']}")).json()["draft"] == second


async def test_whoever_saves_what_another_has_saved_is_told(
    chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead, draft: dict[str, Any]
) -> None:
    await lead("in_preparation")
    seen = (await chloe.get(f"/v1/quotes/{quote['id']}")).headers["ETag"]
    assert (await save(chloe, quote, draft, **{"If-Match": seen})).status_code == 200

    stale = await save(chloe, quote, draft | {"deposit_percent": 50}, **{"If-Match": seen})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")


async def test_its_buyer_sees_no_draft(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead, draft: dict[str, Any]
) -> None:
    await lead("in_preparation")
    await save(chloe, quote, draft)

    shown = (await awa.get(f"/v1/quotes/{quote['id']}")).json()
    assert (shown["draft"], shown["taken_by"], shown["current"]) == (None, None, None)


@pytest.mark.parametrize("statuses", [(), ("in_preparation", "issued"), ("cancelled",)])
async def test_a_draft_is_saved_in_preparation_only(
    chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead, draft: dict[str, Any], statuses: tuple[str, ...]
) -> None:
    await lead(*statuses)
    refused = await save(chloe, quote, draft)

    assert (refused.status_code, refused.json()["code"]) == (409, "quote_not_in_preparation")
    status = statuses[-1] if statuses else "requested"
    assert refused.json()["current_status"] == status
    expected = {"requested": ["take", "reject"], "issued": ["withdraw"], "cancelled": []}[status]
    assert refused.json()["available_actions"] == expected


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"purchase_by": "2020-01-01"}, "proforma_dates", "/purchase_by"),
        ({"arrive_by": "2036-11-30"}, "proforma_dates", "/arrive_by"),
        ({"valid_for": "P91D"}, "proforma_dates", "/valid_for"),
        ({"deposit_percent": 0}, "invalid", "/deposit_percent"),
        ({"deposit_percent": 101}, "invalid", "/deposit_percent"),
        ({"currency": "XOF"}, "invalid", "/lines/0/unit_price/currency"),
        ({"lines": []}, "invalid", "/lines"),
        ({"lines": [{"id": show_id("lin", new_id()), "unit_price": euros(1)}]}, "line_unknown", "/lines/0/id"),
        ({"lines": [{"unit_price": euros(1)}]}, "invalid", "/lines/0/name"),
        (
            {"lines": [{"name": "Rien", "unit_price": euros(0)}], "fees": [], "freight": None},
            "proforma_amount",
            "/lines",
        ),
        ({"freight": {"basis": "flat"}}, "invalid", "/freight/amount"),
    ],
)
async def test_what_does_not_add_up_is_refused_where_it_stands(
    chloe: httpx.AsyncClient,
    quote: dict[str, Any],
    lead: Lead,
    draft: dict[str, Any],
    changes: dict[str, Any],
    code: str,
    pointer: str,
) -> None:
    await lead("in_preparation")
    said = {name: value for name, value in (draft | changes).items() if value is not None}
    refused = await save(chloe, quote, said)

    assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]


async def test_support_prices_and_nobody_else(
    awa: httpx.AsyncClient, felix: httpx.AsyncClient, quote: dict[str, Any], lead: Lead, draft: dict[str, Any]
) -> None:
    await lead("in_preparation")
    assert [(await save(who, quote, draft)).status_code for who in (awa, felix)] == [403, 403]


async def test_nobody_prices_their_own_quote(
    awa: httpx.AsyncClient, quote: dict[str, Any], lead: Lead, draft: dict[str, Any], hub: Database, app: Any
) -> None:
    await lead("in_preparation")
    async with hub.session() as session:
        await session.execute(update(Account).where(Account.handle == "awa").values(roles=["support"]))
    # Her token still says that she has no role; a new one would say support.
    parts = app.state.parts
    claims = parts.tokens.read(awa.headers["Authorization"].removeprefix("Bearer "))
    token = parts.tokens.issue(type(claims)(claims.account_id, claims.session_id, frozenset({"support"})))
    refused = await awa.post(
        f"/v1/quotes/{quote['id']}/versions", json=draft, headers={"Authorization": f"Bearer {token}"}
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "staff_is_party")


async def test_a_quote_that_nobody_asked_for_is_not_found(chloe: httpx.AsyncClient, draft: dict[str, Any]) -> None:
    refused = await save(chloe, {"id": show_id("quo", new_id())}, draft)
    assert (refused.status_code, refused.json()["code"]) == (404, "quote_not_found")


@pytest.mark.parametrize(("currency", "total"), [("XOF", 10_608), ("TND", 10_608), ("EUR", 10_608)])
async def test_any_currency_is_priced_in_its_own_minor_units(
    chloe: httpx.AsyncClient, quote: dict[str, Any], lead: Lead, currency: str, total: int
) -> None:
    await lead("in_preparation")
    price = {"amount": 4_420, "currency": currency}
    line = {"id": quote["lines"][0]["id"], "unit_price": price, "tax_basis_points": 2000}
    day = datetime.now(UTC).date().replace(year=2036).isoformat()
    said = {"currency": currency, "lines": [line], "deposit_percent": 100, "purchase_by": day, "arrive_by": day}
    content = (await save(chloe, quote, said)).json()["draft"]
    assert (content["total"], content["balance"]) == (
        {"amount": total, "currency": currency},
        {"amount": 0, "currency": currency},
    )
