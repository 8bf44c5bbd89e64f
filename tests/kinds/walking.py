"""What random walks through a table must know of a kind: how they begin, what is said by chance, what always holds."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from orderhub.domain.orders.state import OrderState
from orderhub.domain.process import By

Draw = Callable[[st.SearchStrategy[int]], int]
Ledger = Counter[str]
"""The balances of all accounts, minor units."""


def amounts(most: int, edge: int) -> st.SearchStrategy[int]:
    """From 1 to ``most`` minor units, and as often within two of ``edge``, where guards decide."""
    near = [amount for amount in range(edge - 2, edge + 3) if amount > 0]
    return st.one_of(st.integers(1, max(most, 1)), st.sampled_from(near or [1]))


@dataclass(frozen=True)
class Walking:
    """One kind of order, for the walks."""

    people: tuple[By, ...]
    """Who acts by chance: people, and feeds that say nothing of money."""
    begin: Callable[[str, int], OrderState]
    """An order in a status: paid as far as that says, of one or two of what it can have several of."""
    draw: Callable[[OrderState, Draw], Mapping[str, Any]]
    """What may be said in one way or another."""
    by_chance: frozenset[str]
    """Actions that are refused where what was drawn doesn't fit."""
    rare: frozenset[str]
    """Done with less patience: they end a life too early, or only make it longer."""
    hours: tuple[int, ...]
    """How long nobody does anything."""
    takes_more: bool
    """Whether a payment of more than what is due is taken."""
    holds: Callable[[OrderState, int], None]
    """Fails unless what is true of such an order at any time is true; told what banks have taken back."""
    settled: Callable[[OrderState, Ledger], None]
    """Fails unless what is true of such an order at its end is true."""
