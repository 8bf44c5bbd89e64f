"""A comment is deleted by its author, the seller and support; it is gone for everybody."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from orderhub.api.dependencies import Parts
from orderhub.domain.audit.models import AuditEntry
from orderhub.domain.catalog.models import Listing
from tests.api.comments.conftest import Show, wrote


@pytest.mark.parametrize("who", ["awa", "bruno", "chloe"])
async def test_its_author_the_seller_and_support_delete_it(
    awa: httpx.AsyncClient,
    bruno: httpx.AsyncClient,
    chloe: httpx.AsyncClient,
    client: httpx.AsyncClient,
    jacket: str,
    who: str,
) -> None:
    asked = await wrote(awa, jacket, "Taille-t-elle petit ?")
    person = {"awa": awa, "bruno": bruno, "chloe": chloe}[who]
    assert (await person.delete(f"{jacket}/{asked['id']}")).status_code == 204
    assert (await client.get(jacket)).json()["data"] == []
    again = await person.delete(f"{jacket}/{asked['id']}")
    assert (again.status_code, again.json()["code"]) == (404, "comment_not_found")


async def test_nobody_else_does(awa: httpx.AsyncClient, driss: httpx.AsyncClient, jacket: str, show: Show) -> None:
    asked = await wrote(awa, jacket, "Taille-t-elle petit ?")
    refused = await driss.delete(f"{jacket}/{asked['id']}")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    elsewhere = await awa.delete(f"{await show()}/{asked['id']}")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "comment_not_found")
    assert len((await awa.get(jacket)).json()["data"]) == 1


async def test_under_a_hidden_listing_a_stranger_finds_nothing_and_the_author_deletes(
    app: FastAPI, awa: httpx.AsyncClient, driss: httpx.AsyncClient, jacket: str
) -> None:
    asked = await wrote(awa, jacket, "Taille-t-elle petit ?")
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        await session.execute(update(Listing).values(state="paused"))
    absent = await driss.delete(f"{jacket}/{asked['id']}")
    assert (absent.status_code, absent.json()["code"]) == (404, "comment_not_found")
    assert (await awa.delete(f"{jacket}/{asked['id']}")).status_code == 204


async def test_a_question_takes_its_answers_along(
    awa: httpx.AsyncClient, bruno: httpx.AsyncClient, jacket: str
) -> None:
    asked = await wrote(awa, jacket, "Taille-t-elle petit ?")
    answered = await wrote(bruno, jacket, "Non.", parent_id=asked["id"])
    await bruno.delete(f"{jacket}/{asked['id']}")
    assert (await bruno.delete(f"{jacket}/{answered['id']}")).status_code == 404
    late = await awa.post(jacket, json={"text": "Merci", "parent_id": asked["id"]})
    assert (late.status_code, late.json()["code"]) == (404, "comment_not_found")


async def test_what_support_deletes_is_audited(
    app: FastAPI, awa: httpx.AsyncClient, chloe: httpx.AsyncClient, jacket: str
) -> None:
    mine, theirs = await wrote(chloe, jacket, "Bonjour"), await wrote(awa, jacket, "Bonjour")
    await chloe.delete(f"{jacket}/{mine['id']}")
    await chloe.delete(f"{jacket}/{theirs['id']}")
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        entries = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "comment.deleted"))).all()
    assert [entry.subject for entry in entries] == [theirs["id"]]
