"""Uploads over HTTP, and the links that lead to them."""

import httpx


async def send(
    client: httpx.AsyncClient, content: bytes, *, purpose: str = "attachment", name: str = "brief.txt", **headers: str
) -> httpx.Response:
    """Upload a file in a form, as a browser does."""
    form = {"file": (name, content, "application/octet-stream")}
    return await client.post("/v1/files", files=form, data={"purpose": purpose}, headers=headers)


async def follow(client: httpx.AsyncClient, url: str, **changed: str) -> httpx.Response:
    """Open a link, or one that somebody changed."""
    found = httpx.URL(url)
    return await client.get(found.path, params=dict(found.params) | changed)
