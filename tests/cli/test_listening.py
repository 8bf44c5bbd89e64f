"""Whose word the web server takes for where a request comes from."""

import asyncio
from typing import Any

import httpx
import pytest

from orderhub.commands.listening import WebServer, listen
from orderhub.commands.terminal import RefusedError
from orderhub.settings import Settings


async def _tell_address(scope: Any, receive: Any, send: Any) -> None:
    """An application that answers with the address of its caller."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["client"][0].encode()})


async def _seen_address(*trusted: str, on: str = "127.0.0.1") -> str:
    with listen(on, 0) as listener:
        plain = Settings(_env_file=None)  # pyright: ignore[reportCallIssue]
        proxied = plain.server.model_copy(update={"trusted_proxies": trusted})
        server = WebServer(_tell_address, plain.model_copy(update={"server": proxied}))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        await server.ready.wait()
        async with httpx.AsyncClient(trust_env=False) as proxy:
            port = listener.getsockname()[1]
            answer = await proxy.get(f"http://127.0.0.1:{port}", headers={"X-Forwarded-For": "203.0.113.7"})
        server.should_exit = True
        await serving
    return answer.text


@pytest.mark.parametrize(
    ("trusted", "seen"),
    [((), "127.0.0.1"), (("192.0.2.1",), "127.0.0.1"), (("127.0.0.1",), "203.0.113.7")],
)
async def test_only_trusted_proxies_are_believed(trusted: tuple[str, ...], seen: str) -> None:
    assert await _seen_address(*trusted) == seen


@pytest.mark.parametrize(
    ("trusted", "seen"),
    [((), "::ffff:127.0.0.1"), (("127.0.0.1",), "203.0.113.7"), (("192.0.2.0/24", "127.0.0.0/8"), "203.0.113.7")],
)
async def test_a_trusted_proxy_is_known_on_a_listener_for_both_kinds_of_addresses(
    trusted: tuple[str, ...], seen: str
) -> None:
    assert await _seen_address(*trusted, on="::") == seen


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "localhost", "::1"])
def test_loopback_is_ones_own_machine(host: str) -> None:
    with listen(host, 0, alone=True) as listener:
        assert listener.getsockname()[1] > 0


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])  # noqa: S104 - refused
def test_other_addresses_are_refused_to_who_wants_to_be_alone(host: str) -> None:
    with pytest.raises(RefusedError, match="--insecure"):
        listen(host, 0, alone=True)
