"""Live as long as the process answers; ready when the database does and has the tables we need."""

import httpx
from fastapi import FastAPI
from sqlalchemy import text

from orderhub.api.dependencies import Parts


async def test_a_started_service_is_live_and_ready(client: httpx.AsyncClient) -> None:
    for path in ("/health/live", "/health/ready"):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_a_service_with_an_older_database_is_not_ready(app: FastAPI, client: httpx.AsyncClient) -> None:
    await set_revision(app, "01_accounts")
    answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
    assert "migrate" in answer.json()["detail"]
    assert (await client.get("/health/live")).status_code == 200


async def test_a_service_with_a_newer_database_goes_on(app: FastAPI, client: httpx.AsyncClient) -> None:
    await set_revision(app, "99_of_a_later_release")
    assert (await client.get("/health/ready")).status_code == 200


async def set_revision(app: FastAPI, revision: str) -> None:
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
