"""If-Match as clients and the proxies between write it."""

import httpx
import pytest
from fastapi import FastAPI

from orderhub.api.versions import expected_versions

WRITTEN = [
    (None, None),
    ("*", None),
    (" * ", None),
    ('"2"', {2}),
    ('W/"2"', {2}),
    ('"x", "2"', {2}),
    ('"1","2" ,W/"3"', {1, 2, 3}),
    ('"2-gzip"', {2}),
    ('W/"2--br"', {2}),
    ('"x"', set[int]()),
    ("2", set[int]()),
    ("", set[int]()),
    ('"2', set[int]()),
    ('w/"2"', set[int]()),
    ('"2" "3"', set[int]()),
    ('"99999999999999999999"', set[int]()),
    ('"٢"', set[int]()),
]


@pytest.mark.parametrize(("written", "meant"), WRITTEN)
def test_which_versions_are_meant(written: str | None, meant: set[int] | None) -> None:
    assert expected_versions(written) == meant


TAGS = [
    ('W/"{now}"', 200),
    ('"x", "{now}"', 200),
    ('"{now}-gzip"', 200),
    ("*", 200),
    ('"x"\n"{now}"', 200),
    ('W/"{now}"\n"x", "y"', 200),
    ('"x"\n"{before}"', 412),
    ('W/"{before}"', 412),
    ('"x"', 412),
]


@pytest.mark.parametrize(("tag", "status"), TAGS)
async def test_a_change_is_made_where_one_of_the_tags_is_current(
    app: FastAPI, awa: httpx.AsyncClient, tag: str, status: int
) -> None:
    cart = (await awa.post("/v1/carts", json={})).json()
    path = f"/v1/carts/{cart['id']}"
    line = {"name": "Bazin", "url": "https://maison-du-bazin.example/indigo"}
    added = await awa.post(f"{path}/lines", json=line)
    now = int(added.headers["ETag"].strip('"'))
    headers = [("If-Match", line) for line in tag.format(now=now, before=now - 1).splitlines()]
    changed = await awa.patch(f"{path}/lines/{added.json()['id']}", json={"quantity": 2}, headers=headers)
    assert changed.status_code == status, changed.text
