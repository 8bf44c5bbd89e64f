"""What a list of orders is narrowed to, and the refusal of what would list nothing. Pure.

What an order can be (its kind, its status, and the status that a disputed one left) is a finite set that the
tables give: filters choose among it, and one that is left without effect is refused instead of ignored.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from orderhub.domain.orders.awaited import statuses_awaiting
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.roles import Role
from orderhub.kit.errors import FieldError, InvalidError
from orderhub.kit.text import Label


class OrderSort(StrEnum):
    """In which order orders are listed."""

    NEWEST = "newest"
    NEXT_DEADLINE = "next_deadline"


class WaitedFor(StrEnum):
    """Whose action is waited for."""

    ME = "me"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None and empty mean everything."""

    role: Role | None = None
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    stage: str | None = None
    late: bool | None = None
    waits_for: WaitedFor | None = None
    placed_from: datetime | None = None
    """The first instant."""
    placed_until: datetime | None = None
    """The first instant that is no longer within."""
    q: str | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        """As which parties the orders are one's own; staff's list is of everybody's."""
        return (Role.BUYER, Role.SELLER) if self.role is None else (self.role,)

    @property
    def is_of_dates_alone(self) -> bool:
        """Whether it doesn't matter where an order stands."""
        return not (self.kinds or self.statuses or self.stage or self.waits_for) and self.late is None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order can stand: ``left`` is the status that a disputed one left."""

    kind: str
    status: str
    left: str | None
    stages: frozenset[str]
    """Under which it is found: a disputed one as disputed, and in the stage that it left."""

    @property
    def key(self) -> str:
        """The same as one text."""
        return "/".join((self.kind, self.status, *((self.left,) if self.left else ())))


@cache
def standings() -> tuple[Standing, ...]:
    """Everywhere that an order can stand."""
    return tuple(_standings())


def _standings() -> Iterator[Standing]:
    for kind in KINDS.values():
        for status in kind.table.by_code.values():
            yield Standing(kind.name, status.code, None, frozenset({status.stage}))
            if status.code in kind.disputed:
                for left in kind.table.by_code.values():
                    yield Standing(kind.name, status.code, left.code, frozenset({status.stage, left.stage}))


def chosen(filters: Filters) -> list[str] | None:
    """The keys of where the listed orders stand; None where it doesn't matter.

    Raises InvalidError that names each filter which, beside the others, lists nothing.
    """
    _refuse_for_staff(filters)
    if filters.is_of_dates_alone:
        _refuse_idle(_idle_dates(filters))
        return None
    found = [standing for standing in standings() if _is_chosen(filters, standing)]
    _refuse_idle([*_idle_standings(filters, found), *_idle_dates(filters)])
    if not (filters.kinds or filters.statuses or filters.stage):
        return None
    return [standing.key for standing in found]


def _is_chosen(filters: Filters, standing: Standing) -> bool:
    status = (standing.kind, standing.status)
    return (
        (not filters.kinds or standing.kind in filters.kinds)
        and (not filters.statuses or standing.status in filters.statuses)
        and (filters.stage is None or filters.stage in standing.stages)
        and (filters.late is not True or standing.status in KINDS[standing.kind].late)
        and (filters.waits_for is None or any(status in statuses_awaiting(role) for role in filters.roles))
    )


def _idle_standings(filters: Filters, found: Collection[Standing]) -> list[str]:
    kinds, statuses = {standing.kind for standing in found}, {standing.status for standing in found}
    idle = [f"/kind/{n}" for n, kind in enumerate(filters.kinds) if kind not in kinds]
    idle += [f"/status/{n}" for n, status in enumerate(filters.statuses) if status not in statuses]
    if not found:
        given = {"/stage": filters.stage, "/late": filters.late, "/waits_for": filters.waits_for}
        idle += [pointer for pointer, value in given.items() if value is not None]
    return idle


def _idle_dates(filters: Filters) -> list[str]:
    if filters.placed_from and filters.placed_until and filters.placed_from >= filters.placed_until:
        return ["/placed_from", "/placed_until"]
    return []


def _refuse_idle(pointers: Sequence[str]) -> None:
    if pointers:
        raise InvalidError(errors=tuple(FieldError(pointer, "lists_nothing", _LISTS_NOTHING) for pointer in pointers))


_LISTS_NOTHING = Label(
    "Avec les autres paramètres, cette valeur ne liste rien : retirez l’un d’eux.",
    "With the other parameters this value lists nothing: leave one of them out.",
)


def _refuse_for_staff(filters: Filters) -> None:
    if filters.role is Role.STAFF and filters.waits_for is not None:
        detail = Label(
            "Demandez /v1/staff/queue : elle liste ce qui attend nos équipes.",
            "Ask /v1/staff/queue: it lists what waits for staff.",
        )
        raise InvalidError(errors=(FieldError("/waits_for", "not_for_staff", detail),))
