"""The policy as a value, and what is read from it. Pure: no database, no settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from orderhub.domain.policies.charges import (
    Protection,
    Shipping,
    read_protection,
    read_shipping,
    write_protection,
    write_shipping,
)
from orderhub.domain.policies.room import kept, whole
from orderhub.kit.text import parse_duration

UNREMINDED: Final = timedelta(hours=24)
"""A wait shorter than this has no reminder."""
HALFWAY: Final = timedelta(hours=72)
"""A wait shorter than this is reminded half-way; a longer one `LAST_CALL` before its end."""
LAST_CALL: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Commission:
    """What the hub keeps of a release, in basis points; ``category`` None stands for the whole kind."""

    kind: str
    category: str | None
    basis_points: int


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of everything that staff may change."""

    version: int
    durations: Mapping[str, str]
    """ISO 8601 by name; the names are those of `rules.DURATIONS`, and of the clocks of orders."""
    commissions: tuple[Commission, ...]
    fees: Mapping[str, int]
    """Basis points by name; the names are those of `rules.FEES`."""
    working_days: tuple[int, ...]
    """ISO weekdays: 1 is Monday."""
    terms_version: int
    bounds: Mapping[str, int] = field(default_factory=lambda: whole({}))
    """How many there may be, by name; the names are those of `bounds.BOUNDS`."""
    shipping: Shipping = field(default_factory=Shipping)
    protection: Protection = field(default_factory=Protection)
    """What is added to the price of items."""

    def copied(self) -> dict[str, Any]:
        """What an order or a quote keeps of it from its beginning on: its ``terms``."""
        return {**self.durations, "policy_version": self.version, "bounds": kept(self.bounds)}

    def duration(self, name: str) -> timedelta:
        """A duration by name. Raises KeyError for a name that the rules do not know."""
        return parse_duration(self.durations[name])


def read_policy(version: int, values: Mapping[str, Any]) -> Policy:
    """The policy in a row of the table."""
    return Policy(
        version=version,
        durations=values["durations"],
        commissions=tuple(Commission(**rule) for rule in values["commissions"]),
        fees=values["fees"],
        working_days=tuple(values["working_days"]),
        terms_version=values["terms_version"],
        bounds=whole(values.get("bounds", {})),
        shipping=read_shipping(values.get("shipping", {})),
        protection=read_protection(values.get("protection", {})),
    )


def write_policy(policy: Policy) -> dict[str, Any]:
    """The JSON document of a policy, as `read_policy` reads it; the version is a column of its own."""
    return {
        "durations": dict(policy.durations),
        "commissions": [
            {"kind": rule.kind, "category": rule.category, "basis_points": rule.basis_points}
            for rule in policy.commissions
        ],
        "fees": dict(policy.fees),
        "working_days": list(policy.working_days),
        "terms_version": policy.terms_version,
        "bounds": dict(policy.bounds),
        "shipping": write_shipping(policy.shipping),
        "protection": write_protection(policy.protection),
    }


def commission(policy: Policy, kind: str, category: str | None) -> int:
    """Basis points for an order: the category's rule, else the kind's (docs/rules.md, Money), else none."""
    found = {rule.category: rule.basis_points for rule in policy.commissions if rule.kind == kind}
    return found.get(category, found.get(None, 0))


def reminder_at(start: datetime, end: datetime) -> datetime | None:
    """When whoever is waited for is reminded (docs/rules.md, Clocks); None in a short wait."""
    wait = end - start
    if wait < UNREMINDED:
        return None
    if wait < HALFWAY:
        return start + wait / 2
    return end - LAST_CALL
