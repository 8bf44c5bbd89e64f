"""The table finds what FastAPI's own routing would find, and tells what is not there."""

import httpx
import pytest
from starlette.routing import Match

from orderhub.api.routing import RouteTable, operations
from orderhub.bootstrap import build_application
from orderhub.settings import Settings


def test_each_operation_is_found_at_its_own_path(shell_settings: Settings) -> None:
    every = list(operations(build_application(shell_settings).routes))
    table = RouteTable(build_application(shell_settings).routes)
    for operation in every:
        path = operation.path.replace("{", "").replace("}", "")
        scope = {"type": "http", "method": operation.method, "path": path}
        match, found = table.matches(scope)
        assert match is Match.FULL
        assert found["operation"].path == operation.path
        assert found["endpoint"] is operation.endpoint
        assert found["path_params"] == {name: name for name in operation.pattern.groupindex}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nowhere", 404),
        ("GET", "/v1/events/", 404),
        ("GET", "/v1//events", 404),
        ("GET", "/v1/events/stream/tickets/more", 404),
        ("DELETE", "/v1/events", 405),
        ("HEAD", "/v1/events", 401),
        ("HEAD", "/v1/events/stream/tickets", 405),
        ("HEAD", "/v1/nowhere", 404),
        ("PURGE", "/v1/events", 405),
        ("POST", "/health/live", 405),
        ("GET", "/nowhere", 404),
        ("GET", "/", 307),
        ("POST", "/", 405),
    ],
)
async def test_what_is_not_there(client: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert status != 405 or answer.headers["Allow"] in {"GET, HEAD", "POST"}
