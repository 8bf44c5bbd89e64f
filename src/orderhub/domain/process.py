"""What a transition table is. The two questions that are asked of it are in `decisions`.

A table is a `Process`: statuses and rows. A row is one thing that one kind of actor may do from one
status, the guard that must hold, where it leads, what happens to the money, and the clock that fires
it. A thing that is not a row cannot happen. Everything here is pure: no I/O, no wall clock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from orderhub.kit.errors import DomainError
from orderhub.kit.text import Label

F = TypeVar("F")
"""What the guards of a process look at: its object, the time, and what was asked."""


class By(StrEnum):
    """Who can act. `CLOCK`, `PROVIDER`, `TRACKING`, `JOB` and `SYSTEM` can't be reached with any token."""

    BUYER = "buyer"
    SELLER = "seller"
    SHOP = "shop"
    CLOCK = "clock"
    PROVIDER = "provider"
    TRACKING = "tracking"
    JOB = "job"
    SYSTEM = "system"
    SUPPORT = "support"
    FINANCE = "finance"
    PRODUCTION = "production"
    ADMIN = "admin"


STAFF: Final = frozenset({By.SUPPORT, By.FINANCE, By.PRODUCTION, By.ADMIN})
PARTIES: Final = frozenset({By.BUYER, By.SELLER, By.SHOP})
UNASKED: Final = frozenset({By.CLOCK, By.PROVIDER, By.TRACKING, By.JOB, By.SYSTEM})
"""Who asks for nothing: no token reaches them."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: everything this caller may act as, and their account where they have one."""

    acts_as: frozenset[By]
    account_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """One status: its code is the API's; the stage is the word that users know."""

    code: str
    stage: str
    label: Label
    meaning: Label
    colour: str
    fulfilled: bool = False
    """An end at which the buyer has what was promised: it counts for the seller, and may be reviewed."""


class Target(StrEnum):
    """Where a row leads when it isn't one fixed status."""

    SAME = "same"
    RESUME = "RESUME"
    """The status that was left when the object entered the present one."""


class Escrow(StrEnum):
    """What a row does with the money that is held."""

    HOLD = "hold"
    HOLD_SURPLUS = "hold, refund any surplus"
    REFUND_SURPLUS = "refund any surplus"
    REFUND = "refund"
    REFUND_PART = "refund part"
    RELEASE = "release"
    SPLIT = "refund part, release rest"
    RELEASE_SHIPPING = "refund price and fee, shipping to S"
    FREEZE = "frozen"
    CHARGE_BACK = "charged back"
    RESTORE = "held again"
    RESTORE_SURPLUS = "held again, refund any surplus"


@dataclass(frozen=True)
class Guard(Generic[F]):
    """A condition with a name: ``code`` is the refusal's, ``text`` stands in the table."""

    code: str
    text: Label
    holds: Callable[[F], bool]
    parts: tuple["Guard[F]", ...] = ()
    """The conditions that it consists of: a refusal names the first that doesn't hold."""
    forbids: bool = False
    """Whether it is about who acts: they may never, and somebody else may."""
    refusal: Callable[[F], DomainError] | None = None
    """The refusal that says more than the condition's name."""
    because: Label | None = None
    """The sentence for whoever it keeps from acting; None where it says what to send, or a part says it."""

    @property
    def reason(self) -> Label:
        """Why not now."""
        said = self.because or next((part.because for part in self.parts), None)
        return said or Label(f"Il faut : {self.text.fr}.", f"Wanted: {self.text.en}.")

    @property
    def codes(self) -> tuple[str, ...]:
        """Its own code and those of its parts: what a refusal may name."""
        return (self.code, *(code for part in self.parts for code in part.codes))

    def missing(self, facts: F) -> "Guard[F]":
        """What a refusal names: the part that doesn't hold, else the whole."""
        return next((part for part in self.parts if not part.holds(facts)), self)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One running clock: since when it counts, when it fires, and the request that it belongs to."""

    anchor: Any
    due: Any
    request_id: UUID | None = None
    reminders: tuple[Any, ...] = ()
    """When whoever is waited for is reminded, where the clock itself says it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a row waits: the names of the policy's durations, and the deadlines of one object.

    ``deadlines`` is empty while nothing waits, and has one entry per open request otherwise.
    """

    durations: tuple[str, ...]
    deadlines: Callable[[Any], Sequence[Deadline]]
    waits_for: frozenset[By]


Effect = Callable[[Any], None]
"""Fills a change: fields, rows of other tables. Small, pure, named."""


@dataclass(frozen=True)
class Row(Generic[F]):
    """One line of a table. ``by`` names each kind of actor that may do it."""

    start: Status | None
    action: str
    by: frozenset[By]
    guard: Guard[F] | None
    to: Status | Target
    escrow: Escrow | None = None
    clock: Clock | None = None
    effects: tuple[Effect, ...] = ()
    needs: tuple[str, ...] = ()
    """Fields of the command without which the row is refused as incomplete (422)."""

    @property
    def asked(self) -> bool:
        """Whether somebody may ask for it, on an object that is there."""
        return self.start is not None and not self.by <= UNASKED

    @property
    def key(self) -> tuple[str | None, str, frozenset[By], str | None]:
        """What makes a row one of its kind: from, action, by, guard."""
        return (self.start and self.start.code, self.action, self.by, self.guard and self.guard.code)


def tells(by: By) -> frozenset[By]:
    """The parties told of a row: the other one; both when clock, staff or provider acted."""
    if by in {By.BUYER, By.SHOP}:
        return frozenset({By.SELLER})
    if by is By.SELLER:
        return frozenset({By.BUYER})
    return frozenset({By.BUYER, By.SELLER})


@dataclass(frozen=True, slots=True)
class Edge:
    """What the database lets happen: one per row and status it leads to."""

    process: str
    from_status: str
    """Empty for the row that places."""
    action: str
    to_status: str


@dataclass(frozen=True)
class Process(Generic[F]):
    """A whole table. Refuses a duplicate row when it is made."""

    name: str
    statuses: tuple[Status, ...]
    start: Status
    rows: tuple[Row[F], ...]
    resumable: tuple[Status, ...] = ()
    """Statuses that `Target.RESUME` may lead back to."""
    by_code: dict[str, Status] = field(init=False, repr=False, compare=False)
    final: frozenset[str] = field(init=False, repr=False, compare=False)
    """The codes of the statuses that no row leaves."""
    fulfilled: frozenset[str] = field(init=False, repr=False, compare=False)
    """The codes of the ends at which the buyer has what was promised."""
    _index: dict[tuple[str | None, str], tuple[Row[F], ...]] = field(init=False, repr=False, compare=False)
    _by_status: dict[str | None, tuple[Row[F], ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = [row.key for row in self.rows]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            message = f"{self.name}: rows written twice: {sorted(map(str, twice))}"
            raise ValueError(message)
        index: dict[tuple[str | None, str], tuple[Row[F], ...]] = {}
        by_status: dict[str | None, tuple[Row[F], ...]] = {}
        for row in self.rows:
            code = row.start and row.start.code
            index[code, row.action] = (*index.get((code, row.action), ()), row)
            by_status[code] = (*by_status.get(code, ()), row)
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_by_status", by_status)
        object.__setattr__(self, "by_code", {status.code: status for status in self.statuses})
        left = {row.start.code for row in self.rows if row.start and row.to is not Target.SAME}
        object.__setattr__(self, "final", frozenset(self.by_code.keys() - left))
        object.__setattr__(self, "fulfilled", frozenset(s.code for s in self.statuses if s.fulfilled))

    def rows_from(self, status: str | None) -> tuple[Row[F], ...]:
        """The rows that leave a status; ``None`` asks for those that place."""
        return self._by_status.get(status, ())

    def rows_of(self, status: str | None, action: str) -> tuple[Row[F], ...]:
        """The rows of one action from one status."""
        return self._index.get((status, action), ())

    def targets(self, row: Row[F]) -> tuple[Status, ...]:
        """Every status that a row may lead to."""
        if isinstance(row.to, Target):
            same = (row.start,) if row.start else ()
            return self.resumable if row.to is Target.RESUME else same
        return (row.to,)

    def edges(self) -> frozenset[Edge]:
        """Every change that the table lists, as the database knows them."""
        return frozenset(
            Edge(self.name, row.start.code if row.start else "", row.action, status.code)
            for row in self.rows
            for status in self.targets(row)
        )

    def actions_of(self, by: frozenset[By]) -> frozenset[str]:
        """Every action that one of these may ever take."""
        return frozenset(row.action for row in self.rows if row.by & by)
