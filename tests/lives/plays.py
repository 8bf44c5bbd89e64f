"""Lives of orders, written like a timetable and played over HTTP.

A line is a row of the table: from, action, who, to, and how where there is more than one way: the amount that came,
the guard of the row, what is proposed. ``wait P6D`` lets time pass. Awa buys, Bruno sells; Chloé is support, Farid
finance, Ada admin; ``clock``, ``provider`` and ``carrier`` act by time passing and by real notifications.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Process, Row
from orderhub.kit.text import parse_duration
from tests.lives.hub import Hub
from tests.lives.world import Person, World

WHO: Final = {
    "Awa": By.BUYER,
    "Bruno": By.SELLER,
    "Chloé": By.SUPPORT,
    "Farid": By.FINANCE,
    "Ada": By.ADMIN,
    "clock": By.CLOCK,
    "provider": By.PROVIDER,
    "carrier": By.TRACKING,
}
CHARGED_BACK: Final = 1_000
_PATIENCE: Final = 8.0


@dataclass(frozen=True, slots=True)
class Line:
    """One row taken, or a wait when ``wait`` is set."""

    start: str | None
    action: str
    who: str
    to: str
    how: str = ""
    wait: timedelta | None = None

    def row(self, table: Process[Facts]) -> Row[Facts]:
        """The row that this line takes: there is one, or ``how`` says which guard's."""
        by = WHO[self.who]
        found = [
            row
            for row in table.rows_of(self.start, self.action)
            if by in row.by and self.to in {status.code for status in table.targets(row)}
        ]
        if len(found) > 1:
            found = [row for row in found if row.guard is not None and row.guard.code == self.how]
        assert len(found) == 1, self
        return found[0]


@dataclass(frozen=True, slots=True)
class Life:
    """A whole life, what became of the money, in minor units, and which documents are left, newest first."""

    text: str
    released: int = 0
    refunded: int = 0
    charged_back: int = 0
    documents: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    """The kinds of those that are open at the end, money that finance paid by hand aside."""
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """How the order is begun."""
    slow: bool = False
    """Played where slow tests run too: another life is much like it."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in order."""
        return tuple(_line(line.split()) for line in self.text.splitlines() if line.strip())

    @property
    def taken(self) -> tuple[Line, ...]:
        """Those that take a row."""
        return tuple(line for line in self.lines if line.wait is None)


def _line(words: list[str]) -> Line:
    if words[0] == "wait":
        return Line(None, "", "", "", wait=parse_duration(words[1]))
    start, action, who, to = words[:4]
    return Line(None if start == "-" else start, action, who, to, " ".join(words[4:]))


@dataclass(slots=True)
class Played(ABC):
    """A life being played: the order, and everybody around it. Each kind has one of its own."""

    hub: Hub
    """Awa, and all of the staff."""
    bruno: Person
    life: Life
    order: Any = field(default=None)
    payment_id: str = ""
    """The first that the provider confirmed: what the bank takes back is of it."""
    chargeback_id: str = ""

    @property
    def world(self) -> World:
        """Where it is played."""
        return self.hub.world

    @abstractmethod
    async def place(self) -> Any:
        """The order that Awa placed."""

    @abstractmethod
    async def said(self, line: Line) -> Mapping[str, Any]:
        """What goes with the action."""

    @abstractmethod
    async def pay(self, line: Line) -> str:
        """The id of a payment that Awa confirmed at the provider."""

    async def hear_from_carrier(self) -> None:
        """Bring the carrier to say that the parcel is delivered."""
        raise NotImplementedError

    async def play(self) -> None:
        """Take every line, checking where it leads."""
        for line in self.life.lines:
            if line.wait is not None:
                await self.world.advance(line.wait)
                await self.read()
            elif line.action == "place":
                self.order = await self.place()
            else:
                assert self.order["status"] == line.start, line
                await self.take(line)
            assert line.wait is not None or self.order["status"] == line.to, line

    async def read(self) -> None:
        """The order as Awa sees it now."""
        self.order = await self.hub.awa.ask("GET", f"/orders/{self.order['id']}")

    async def take(self, line: Line) -> None:
        """Do what a line says."""
        if line.who == "clock":
            due = next(found["at"] for found in self.order["deadlines"] if found["action"] == line.action)
            await self.world.advance_to(datetime.fromisoformat(due))
        elif line.who == "carrier":
            await self.hear_from_carrier()
        elif line.who == "provider":
            await self.hear_from_provider(line)
        else:
            await self.person(line.who).do(self.order["id"], line.action, **await self.said(line))
        await self.read()

    def person(self, who: str) -> Person:
        """By name."""
        hub = self.hub
        return {"Awa": hub.awa, "Bruno": self.bruno, "Chloé": hub.chloe, "Farid": hub.farid, "Ada": hub.ada}[who]

    async def hear_from_provider(self, line: Line) -> None:
        """Bring the provider to tell it, and wait until it was heard."""
        version = self.order["version"]
        if line.action == "charge_back":
            opened = await self.world.control("/v1/chargebacks", payment=self.payment_id, amount=CHARGED_BACK)
            self.chargeback_id = opened["id"]
        elif line.action == "win_charge_back":
            await self.world.control(f"/v1/chargebacks/{self.chargeback_id}/close", outcome="won")
        else:
            payment_id = await self.pay(line)
            self.payment_id = self.payment_id or payment_id
        async with asyncio.timeout(_PATIENCE):
            while self.order["version"] == version:
                await asyncio.sleep(0.01)
                await self.read()

    async def history(self) -> list[tuple[str | None, str, str, str]]:
        """From, action, by, to: everything that was done, oldest first, as Chloé reads it."""
        rows = (await self.hub.chloe.ask("GET", f"/orders/{self.order['id']}/transitions?limit=100"))["data"]
        return [(row["from"], row["action"], row["by"], row["to"]) for row in reversed(rows)]

    async def ends_well(self) -> None:
        """Fails unless what else is true of this kind at the end is true."""
        return
