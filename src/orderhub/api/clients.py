"""Where requests come from."""

from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.types import Scope

from orderhub.domain.accounts.sessions import Device
from orderhub.kit.networks import show_address

_LONGEST_AGENT: Final = 300


def client_address(scope: Scope) -> str | None:
    """The address of whoever sent a request, through a trusted proxy as that one says; ``kit/networks.py`` reads it."""
    client = scope.get("client")
    return client[0] if client else None


async def read_device(request: Request) -> Device:
    """What a request says of the device that it comes from, but for the device's token, which is in bodies."""
    agent = "".join(filter(str.isprintable, request.headers.get("user-agent", "")))[:_LONGEST_AGENT]
    return Device(agent or None, show_address(client_address(request.scope)))


FromDevice = Annotated[Device, Depends(read_device)]
