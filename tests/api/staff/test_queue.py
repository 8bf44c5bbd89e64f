"""The queue over HTTP: all of the staff find their own work in it, with its age."""

from datetime import timedelta

import httpx
import pytest

from orderhub.infra.database import Database
from orderhub.kit.clock import real_now
from orderhub.kit.ids import show_id
from tests.api.quotes.conftest import id_of
from tests.making.quotes import add_quote

People = dict[str, httpx.AsyncClient]


async def test_staff_see_the_queue_and_nobody_else(client: httpx.AsyncClient, people: People) -> None:
    assert (await client.get("/v1/staff/queue")).status_code == 401
    for name, person in people.items():
        assert (await person.get("/v1/staff/queue")).status_code == (403 if name == "awa" else 200), name


async def test_a_quote_waits_with_its_age_for_the_role_whose_work_it_is(people: People, database: Database) -> None:
    asked_at = real_now() - timedelta(days=12)
    async with database.session() as session:
        quote = await add_quote(session, await id_of(database, "awa"), now=asked_at)

    chloe, fatou = people["chloe"], people["fatou"]
    (item,) = (await chloe.get("/v1/staff/queue", params={"role": "support"})).json()["data"]
    assert (item["kind"], item["label"], item["role"]) == ("quote", "Proforma à préparer", "support")
    assert (item["subject"], item["about"], item["overdue"]) == (show_id("quo", quote.id), "Sandales", True)
    assert item["age"].startswith("P12D")
    assert item["working_days"] >= 2
    assert (await fatou.get("/v1/staff/queue", params={"role": "finance"})).json()["data"] == []
    (same,) = (await fatou.get("/v1/staff/queue", params={"kind": "quote"})).json()["data"]
    assert same["subject"] == item["subject"]


@pytest.mark.parametrize("params", [{"role": "buyer"}, {"kind": "lunch"}])
async def test_what_is_no_role_and_no_kind_is_refused(people: People, params: dict[str, str]) -> None:
    assert (await people["chloe"].get("/v1/staff/queue", params=params)).status_code == 422
