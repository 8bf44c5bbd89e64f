"""What a change may say: the names in the ``data`` that its history keeps. Each effect declares its own.

What the rows of an action say together is `said_with`'s of orders and of quotes, and written nowhere else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

from orderhub.domain.process import Effect


@dataclass(frozen=True, slots=True)
class Names:
    """Under what names something is said."""

    always: frozenset[str] = frozenset()
    """With every change, and still after whoever made it is erased."""
    perhaps: frozenset[str] = frozenset()
    """With some changes."""

    @property
    def all(self) -> frozenset[str]:
        """Those that there may be."""
        return self.always | self.perhaps

    def and_also(self, other: "Names") -> "Names":
        """What a change says that says both."""
        always = self.always | other.always
        return Names(always, (self.perhaps | other.perhaps) - always)

    def or_else(self, other: "Names") -> "Names":
        """What a change says that says one or the other."""
        always = self.always & other.always
        return Names(always, (self.all | other.all) - always)

    def perhaps_without(self, hidden: frozenset[str]) -> "Names":
        """The same for readers of whom some don't see what is ``hidden``."""
        return Names(self.always - hidden, self.perhaps | (self.always & hidden))


_SAYS: Final[dict[Effect, Names]] = {}


def says(*always: str, perhaps: Iterable[str] = ()) -> Callable[[Effect], Effect]:
    """Decorate an effect: what it puts into the ``data`` of a change.

    Words of people stand in ``perhaps``: they go when whoever wrote them is erased.
    """

    def mark(effect: Effect) -> Effect:
        _SAYS[effect] = Names(frozenset(always), frozenset(perhaps))
        return effect

    return mark


def said_by(effects: Iterable[Effect]) -> Names:
    """What these effects say with one change."""
    return reduce(Names.and_also, (_SAYS.get(effect, Names()) for effect in effects), Names())


def by_action(rows: Iterable[tuple[str, Names]]) -> Mapping[str, Names]:
    """What is said with each action, from what each of its rows says."""
    found: dict[str, Names] = {}
    for action, names in rows:
        found[action] = found[action].or_else(names) if action in found else names
    return found
