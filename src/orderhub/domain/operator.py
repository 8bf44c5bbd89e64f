"""Whoever operates the hub, as the domain knows them: what a deployment says once, and no command carries."""

from dataclasses import dataclass

from orderhub.domain.documents.house import House


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator: whose name documents bear, in whose time zone days begin, and who may rule."""

    house: House
    rulings_by_others: bool
    """Whoever rules on a dispute of an order that the house sold has not acted on it before."""

    @property
    def time_zone(self) -> str:
        """A promised day ends at midnight there."""
        return self.house.time_zone
