"""The groups of operations in the documentation, in the order in which a newcomer needs them.

A tag is the name of the resource that an operation is about: the last one that its path names. No route says its
tag by itself.
"""

from collections.abc import Mapping
from typing import Final

TAGS: Final[Mapping[str, str]] = {
    "accounts": "Register, confirm, and see the public page of a person.",
    "auth": "Sign in and out; sessions and refresh tokens.",
    "me": "One's own profile, addresses, preferences, notifications and money.",
    "countries": "Where people live and parcels go, and how an address is written there.",
    "listings": "Services and items for sale, their options, and what an order of them would cost.",
    "comments": "Public questions and answers under items.",
    "offers": "A price proposed to one person: make one, answer or counter one.",
    "shops": "The directory of partner shops: whose sites things are bought from, and who edits them.",
    "carts": "What a customer gathers from partner shops before asking for a quote.",
    "quotes": "Proformas: ask for one, have it priced, accept a version.",
    "orders": "Place orders, act on them, see their history, deadlines and escrow.",
    "payments": "Pay for orders; payments as they stand, and proofs of what was paid by hand.",
    "refunds": "What goes back to who paid, as it stands.",
    "processes": "The tables that say who may do what, when, and what happens to the money.",
    "terms": "What is agreed to when a quote is asked for.",
    "conversations": "Private messages between the parties of an order or an inquiry.",
    "files": "Upload files and download them through links that expire.",
    "photos": "Pictures of services, people and shops, at addresses that stay.",
    "reviews": "What buyers and sellers say of each other after an order.",
    "events": "Everything that happened, as a feed and live.",
    "staff": "For the operator's people: the queue, cases, settings, audit.",
    "hooks": "Where payment providers, mail servers and carriers tell us things; each is verified.",
    "sandbox": "For trying things out: steer the clock, read sent mails. Not in production.",
    "service": "Health and figures.",
}

_ROOMS: Final = frozenset({"auth", "staff", "hooks", "sandbox"})
"""What stands at the beginning of a path and says for whom or from whom, whatever it is about."""
_OTHERS: Final[Mapping[str, str]] = {
    "categories": "listings",
    "shop-categories": "shops",
    "quote-request": "quotes",
}
"""What belongs to another resource than its name says."""
_OUTSIDE: Final = "service"
"""The tag of what isn't under ``/v1``."""


class UnknownResourceError(Exception):
    """A path names no resource that has a tag: describe the new one above."""


def tag_of(path: str) -> str:
    """The tag of the operations at ``path``, as the document writes it. Raises UnknownResourceError."""
    if not path.startswith("/v1/"):
        return _OUTSIDE
    names = [name for name in path.split("/")[2:] if not name.startswith("{")]
    if names[0] in _ROOMS:
        return names[0]
    for name in reversed(names):
        tag = _OTHERS.get(name, name)
        if tag in TAGS:
            return tag
    raise UnknownResourceError(path)
