"""Rounds: subjects take turns, so that whatever else the machine does hits all of them alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bench.figures import Figure, Promise, median_rate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often each subject is measured."""

    rounds: int
    seconds: float
    orders: int
    many: int
    quotes: int
    """More than any run accepts, since each can be accepted once."""

    @property
    def warm_up(self) -> float:
        """Seconds of a run that nobody counts."""
        return max(1.0, self.seconds / 2)


WHOLE = Plan(rounds=5, seconds=2.0, orders=10_000, many=1_000_000, quotes=12_000)
QUICK = Plan(rounds=1, seconds=1.0, orders=1_000, many=20_000, quotes=6_000)


def alternate(plan: Plan, *subjects: Callable[[float], T]) -> list[tuple[T, ...]]:
    """What each subject did in each round; who comes first changes from round to round."""
    for subject in subjects:
        subject(plan.warm_up)
    found: list[tuple[T, ...]] = []
    for number in range(plan.rounds):
        turn = [*enumerate(subjects)]
        results = {place: subject(plan.seconds) for place, subject in (reversed(turn) if number % 2 else turn)}
        found.append(tuple(results[place] for place in range(len(subjects))))
    return found


def compare(plan: Plan, promise: Promise, ours: Callable[[float], float], other: Callable[[float], float]) -> Figure:
    """Our rate by the other's, round by round."""
    rounds = alternate(plan, ours, other)
    note = f"{median_rate([mine for mine, _ in rounds])} against {median_rate([theirs for _, theirs in rounds])}"
    return Figure(promise, tuple(mine / theirs for mine, theirs in rounds), note)
