"""What is said with an action of an order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from orderhub.domain.orders.state import OrderState

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """What goes with one action, said rightly, as the engine takes it; and the ways to say it wrongly."""

    said: Said = field(default_factory=dict[str, Any])
    """What is the same for every order."""
    of: Callable[[OrderState, datetime], Said] | None = None
    """What depends on the order and the time."""
    wrong: tuple[Said, ...] = ()
    """Each in place of what it names: refused. A needed field that is left out is refused besides."""

    def on(self, order: OrderState, now: datetime) -> dict[str, Any]:
        """All that is said about this order."""
        return {**self.said, **(self.of(order, now) if self.of else {})}
