"""What is said with each action on an offer: what its rows' effects say, never a list of its own."""

from collections.abc import Mapping
from functools import cache

from orderhub.domain.offers.process import OFFER
from orderhub.domain.transitions.said import Names, by_action, said_by


@cache
def said_with() -> Mapping[str, Names]:
    """The members of ``said`` by action."""
    return by_action((row.action, said_by(row.effects)) for row in OFFER.rows)
