"""The sample accounts of the reference: each signs in, and there are none where the sample data is not."""

import httpx
from fastapi import FastAPI

from orderhub.bootstrap import build_application
from orderhub.domain.samples import PEOPLE
from orderhub.seed import seed
from tests.making.clients import client_of
from tests.making.deployments import safe_settings

_PATH = "/docs/accounts.json"


async def test_who_is_listed_signs_in_and_does_what_is_said(client: httpx.AsyncClient, app: FastAPI) -> None:
    assert (await client.get(_PATH)).json() == []
    await seed(app.state.parts.database, app.state.parts.settings)
    listed = (await client.get(_PATH)).json()
    assert [each["handle"] for each in listed] == [person.handle for person in PEOPLE]
    does = {each["handle"]: each["does"] for each in listed}
    assert (does["awa"], does["bruno"], does["chloe"], does["felix"]) == ("buys", "sells", "support", "finance")
    for each in listed[:3]:
        form = {"username": each["username"], "password": each["password"]}
        assert (await client.post("/v1/auth/token", data=form)).status_code == 200


async def test_production_has_no_such_list() -> None:
    async with client_of(build_application(safe_settings())) as client:
        assert (await client.get("/docs/accounts.json")).status_code == 404
        assert (await client.get("/docs")).status_code == 200
