"""The groups of operations in the documentation, in the order in which a newcomer needs them."""

from collections.abc import Mapping
from typing import Final

TAGS: Final[Mapping[str, str]] = {
    "accounts": "Register, confirm, and see the public page of a person.",
    "auth": "Sign in and out; sessions and refresh tokens.",
    "me": "One's own profile, addresses, preferences, notifications and money.",
    "catalog": "Services and items for sale, their options, and what an order of them would cost.",
    "shops": "The directory of partner shops: whose sites things are bought from, and who edits them.",
    "carts": "What a customer gathers from partner shops before asking for a quote.",
    "quotes": "Proformas: ask for one, have it priced, accept a version.",
    "orders": "Place orders, act on them, see their history, deadlines and escrow.",
    "payments": "Pay for orders; payments and refunds as they stand.",
    "processes": "The tables that say who may do what, when, and what happens to the money.",
    "messages": "Private conversations between the parties of an order or an inquiry.",
    "files": "Upload files and download them through links that expire.",
    "reviews": "What buyers and sellers say of each other after an order.",
    "events": "Everything that happened, as a feed and live.",
    "staff": "For the operator's people: the queue, cases, settings, audit.",
    "hooks": "Where payment providers, mail servers and carriers tell us things; each is verified.",
    "sandbox": "For trying things out: steer the clock, read sent mails. Not in production.",
    "service": "Health, figures and this document.",
}
