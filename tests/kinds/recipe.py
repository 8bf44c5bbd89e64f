"""What the tests must know of a kind of order, as one value: its ways, its commands and its endings.

How an order of it comes to each status, what is said with each action, and what is true once a row was taken and
when an order is over. Each folder beside this file makes one, `tests.kinds.RECIPES` lists them; what is tested of
every kind is tested of each of them.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orderhub.domain.orders.kinds.kind import Kind
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import By, Process, Row
from tests.engine.scene import Scene
from tests.kinds.walking import Walking
from tests.lives.plays import Life, Played
from tests.making.commands import Command

Landed = Callable[[Any, Row[Facts], OrderState, OrderState], Awaitable[None]]


async def nothing_more(_scene: Scene, _row: Row[Facts], _before: OrderState, _after: OrderState) -> None:
    """All that a row does is true of every kind."""


def no_alternatives(row: Row[Facts]) -> Sequence[Facts]:
    """No rows of the kind share so much."""
    raise NotImplementedError(row.key)


@dataclass(frozen=True)
class Recipe:
    """One kind of order, for the tests."""

    kind: Kind

    ways: Mapping[str, Sequence[str]]
    """The steps from placing to each status that rows leave, as `Scene.take` reads them."""
    way_to: Callable[[Row[Facts]], Sequence[str]]
    """The steps from placing until a row can be taken."""
    settings_of: Callable[[Row[Facts]], Mapping[str, Any]]
    """How an order is begun so that a row applies: what `new_scene` is given besides the database."""
    new_scene: Callable[..., Awaitable[Scene]]
    """People of their own on a database; nothing is placed yet."""

    commands: Mapping[str, Command]
    """What is said with each action of people."""
    placed: Callable[..., OrderState]
    """An order in memory, newly placed: begun with such settings as `new_scene` takes."""
    standing: Callable[[str], OrderState]
    """An order in memory, in a status."""

    walking: Walking
    """How orders of it are walked with at random."""

    lives: Mapping[str, Life]
    """One for each end, at least; together they take every row."""
    played: type[Played]
    """How they are played over HTTP."""
    books: Callable[[Life], Sequence[str]]
    """What the ledger of an order comes to when it is over, as `aftermath.ledger` lists it."""

    documents: Callable[[OrderState, Row[Facts]], Sequence[str]]
    """The kinds of document that an order has once a row was taken, oldest first."""
    landed: Landed = nothing_more
    """What else is true then: of the scene, the row, the order before and after it."""

    for_staff: frozenset[str] = frozenset()
    """Statuses that wait for staff: they have no clock (docs/rules.md, Clocks)."""
    when_asked: frozenset[str] = frozenset()
    """Those whose clocks belong to a request that is pending."""
    alternatives: Callable[[Row[Facts]], Sequence[Facts]] = no_alternatives
    """What the guards of rows that share from, action and by are asked with: each time one of them holds."""

    elsewhere: frozenset[By] = frozenset()
    """Who takes rows in tests of their own alone."""
    sample: frozenset[str] = frozenset()
    """Actions tried with every fault each time; the others where slow tests run too."""
    alike: Callable[[Row[Facts]], bool] = lambda _: False
    """Rows that are the same from every status: tried where slow tests run too, and not with every fault."""

    @property
    def name(self) -> str:
        """The kind's."""
        return self.kind.name

    def saying(self, action: str, order: OrderState, now: datetime, **said: Any) -> dict[str, Any]:
        """All that goes with an action on this order, but for what is said otherwise."""
        return self.commands.get(action, Command()).on(order, now) | said

    @property
    def table(self) -> Process[Facts]:
        """The kind's."""
        return self.kind.table
