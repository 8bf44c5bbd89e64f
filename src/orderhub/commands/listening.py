"""The socket that the API listens on, and the web server on it."""

import asyncio
import errno
import socket
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from ipaddress import ip_network
from typing import Any, Final

import uvicorn

from orderhub.commands.connections import connections
from orderhub.commands.terminal import RefusedError
from orderhub.kit.networks import is_loopback
from orderhub.settings import Settings

FINISH_WITHIN: Final = 15
"""Seconds that requests under way have, once the server is told to stop."""

_ANYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, not bound

_IPV4: Final = 4
_MAPPED: Final = 96
"""The bits before an IPv4 address that is written as an IPv6 one."""

_EXPOSED: Final = (
    "Development mode does not listen on {host}, where other machines reach it: its passwords are published, anybody "
    "reads its mails and turns its clock. Set ORDERHUB_MODE=production, or say --insecure if that is what you want."
)
_SENTENCES: Final = {
    errno.EADDRINUSE: "Port {port} of {host} is in use by another program: choose another one with --port.",
    errno.EACCES: "Port {port} needs more rights than this user has: choose one from 1024 on with --port.",
    errno.EADDRNOTAVAIL: "This machine has no address {host}: choose another one with --host.",
}


def listen(host: str, port: int, *, alone: bool = False) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises RefusedError, ``alone`` for an address others reach."""
    # asyncio turns Nagle's algorithm off only where TCP is named; else an answer may wait for 40 ms.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        if alone and not is_loopback(listener.getsockname()[0]):
            listener.close()
            raise RefusedError(_EXPOSED.format(host=host))
        listener.listen(2048)
    except OSError as reason:
        listener.close()
        sentence = _SENTENCES.get(reason.errno or 0, "Can't listen on {host}, port {port}: {reason}.")
        raise RefusedError(sentence.format(host=host, port=port, reason=reason.strerror or reason)) from reason
    return listener


def url_of(listener: socket.socket) -> str:
    """The URL under which this machine reaches a socket."""
    address, port = listener.getsockname()[:2]
    host = str(_ANYWHERE.get(address, address))
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _spellings(proxy: str) -> Sequence[str]:
    """An address or a network as it is set and, of IPv4, as a listener on ``::`` sees it, too."""
    try:
        network = ip_network(proxy)
    except ValueError:
        return (proxy,)
    if network.version != _IPV4:
        return (proxy,)
    return proxy, f"::ffff:{network.network_address}/{_MAPPED + network.prefixlen}"


class WebServer(uvicorn.Server):
    """uvicorn without signals of its own: whoever runs it sets ``should_exit``. It writes no access log.

    ``X-Forwarded-For`` is believed when it comes from a trusted proxy, and from nobody else.
    """

    def __init__(self, app: Any, settings: Settings) -> None:
        proxies = settings.server.trusted_proxies
        self.ready = asyncio.Event()
        super().__init__(
            uvicorn.Config(
                app,
                http=connections(settings.limits, settings.server.public_url),
                ws="none",
                lifespan="on",
                access_log=False,
                log_config=None,
                proxy_headers=bool(proxies),
                forwarded_allow_ips=[spelling for proxy in proxies for spelling in _spellings(proxy)],
                server_header=False,
                timeout_graceful_shutdown=FINISH_WITHIN,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say so when the start is over."""
        await super().startup(sockets)
        if self.started:
            self.ready.set()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Capture nothing."""
        yield
