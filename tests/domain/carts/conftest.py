"""Awa signed in on two devices, and a shop whose pages she gathers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import pytest

from orderhub.domain.accounts.tokens import Claims
from orderhub.domain.carts import adding, queries, service
from orderhub.domain.carts.adding import NewLine
from orderhub.domain.carts.loading import LoadedCart
from orderhub.domain.carts.rules import Line
from orderhub.domain.requests.caller import Answer, Caller, Key
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.kit.versions import Versions
from tests.making.people import sign_up
from tests.making.shops import add_shop

PAGE = "https://maison-du-bazin.example/indigo"


def rendered(line: Line, twin: UUID | None) -> bytes:
    """The body of an answer, as short as can be."""
    return f"{line.id.hex}{' twice' if twin else ''}".encode()


@dataclass(slots=True)
class Basket:
    """Awa's open cart, and what she does with it from several devices."""

    database: Database
    caller: Caller
    cart_id: UUID

    def keyed(self, key: str, body: bytes = b"-" * 32) -> Caller:
        """Awa asking with a key."""
        return Caller(self.caller.account_id, self.caller.session_id, self.caller.roles, Key("add", key, body))

    async def add(self, url: str | None = PAGE, *, key: str | None = None, expected: Versions | None = None) -> Answer:
        """Add a line with this page."""
        caller = self.keyed(key) if key else self.caller
        wanted = NewLine(f"Bazin {url}", url, 1, None, None)
        return await adding.add_line(self.database, caller, self.cart_id, wanted, rendered, expected=expected)

    async def change(self, line_id: UUID, quantity: int) -> None:
        """Change how much of a line is wanted."""
        async with self.database.session() as session:
            cart = await service.to_change(session, self.cart_id, self.caller.account_id, None)
            await service.change_line(session, cart, line_id, {"quantity": quantity}, await business_now(session))

    async def remove(self, line_id: UUID) -> None:
        """Remove a line."""
        async with self.database.session() as session:
            cart = await service.to_change(session, self.cart_id, self.caller.account_id, None)
            await service.remove_line(session, cart, line_id, await business_now(session))

    async def delete(self) -> None:
        """Delete the whole cart."""
        async with self.database.session() as session:
            cart = await service.to_change(session, self.cart_id, self.caller.account_id, None)
            await service.delete_cart(session, cart)

    async def read(self) -> LoadedCart:
        """The cart as it stands."""
        return await queries.read(self.database, self.caller, self.cart_id)


Fill = Callable[[], Awaitable[Basket]]


@pytest.fixture
async def claims(database: Database) -> Claims:
    """Awa's sign-in."""
    return await sign_up(database, "awa")


@pytest.fixture
async def new_basket(database: Database, claims: Claims) -> Fill:
    """Opens a further cart of Awa's."""
    caller = Caller(claims.account_id, claims.session_id, claims.roles)
    async with database.session() as session:
        await add_shop(session, "La Maison du Bazin", "maison-du-bazin.example")

    async def opening() -> Basket:
        async with database.session() as session:
            now = await business_now(session)
            cart_id, _ = await service.create_cart(session, claims.account_id, separate=True, now=now)
        return Basket(database, caller, cart_id)

    return opening


@pytest.fixture
async def basket(new_basket: Fill) -> Basket:
    """An empty cart of Awa's."""
    return await new_basket()
