"""The engine of offers: what an offer is to the sequence in ``transitions/taking.py``. The only writer of its status.

Beside it there are what pays or ends the order that uses an offer (`settling`), and what a seller does to its listing
(`superseding`). Five round trips from BEGIN to COMMIT: the listing is locked before the offer.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from orderhub.domain.offers import advance, loading, superseding, timers
from orderhub.domain.offers.amounts import check_counter
from orderhub.domain.offers.change import OfferChange
from orderhub.domain.offers.errors import OfferNotFoundError
from orderhub.domain.offers.flagging import flag
from orderhub.domain.offers.loading import Loaded, Render
from orderhub.domain.offers.room import counting, require_room_of_day
from orderhub.domain.offers.showing import change_data
from orderhub.domain.process import By
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.transitions import firing
from orderhub.domain.transitions.models import Timer
from orderhub.domain.transitions.taking import Clocks, Subject, naming_available, take_asked, take_due
from orderhub.domain.transitions.timers import Running
from orderhub.infra.changes import Changes
from orderhub.infra.database import Database, HotTransaction
from orderhub.kit.ids import show_id
from orderhub.kit.versions import Versions

CREATED: Final = 201
"""A counter answers with the offer that it makes."""
FOLLOWS: Final = superseding.end_offers
"""Whoever has offers answered has them end with their listing, too: to import it is to register it."""


async def perform(  # noqa: PLR0913, PLR0917 - who asks what of which offer, and how what comes of it is shown
    database: Database,
    caller: Caller,
    offer_id: UUID,
    action: str,
    command: Mapping[str, Any],
    render: Render,
    *,
    expected_version: Versions | None = None,
    dry_run: bool = False,
) -> Answer:
    """Do what a signed-in caller asks of an offer; a counter answers with the offer that it makes.

    A dry run answers and refuses the same, and keeps nothing: neither the change nor a key. What would answer a
    counter at once it doesn't say: that is the seller's secret.

    Raises OfferNotFoundError (also for what the caller may not see), the refusals of the table with the actions that
    are available instead, OfferAmountError, CurrencyMismatchError, LimitReachedError, StaleError, InvalidError, and
    those of the key.
    """
    caller = replace(caller, key=None) if dry_run else caller

    def decide(loaded: Loaded) -> OfferChange:
        actor, possible = loaded.offer.actor(caller.account_id), partial(advance.available_to, loaded)
        with naming_available(loaded.offer.status, partial(possible, actor), amount=_amount(loaded)):
            change = advance.take(loaded, actor, action, command)
        if change.countered_by is not None:
            check_counter(loaded, command["amount"])
        return change

    def show(loaded: Loaded, change: OfferChange) -> Answer:
        actor, made = loaded.offer.actor(caller.account_id), countered(loaded, change)
        if made is not None:
            if not dry_run:  # else the private floors could be found out by trying
                made = replace(made, offer=advance.rows_of_begun(made, change.by)[0])
            headers = {
                "ETag": f'"{made.offer.version}"',
                "Location": f"/v1/offers/{show_id('off', made.offer.id)}",
            }
            return Answer(CREATED, render(made, actor), headers)
        return Answer(200, render(replace(loaded, offer=change.offer), actor), {"ETag": f'"{change.offer.version}"'})

    subject = COUNTERED if action == "counter" else OFFERS
    return await take_asked(
        database, caller, subject, offer_id, decide, show, expected_version=expected_version, dry_run=dry_run
    )


def _amount(loaded: Loaded) -> dict[str, Any]:
    return {"amount": loaded.offer.amount, "currency": loaded.offer.currency}


def countered(loaded: Loaded, change: OfferChange) -> Loaded | None:
    """The offer that counters this one, before anything answers it."""
    return None if change.countered_by is None else replace(loaded, offer=change.countered_by)


async def fire_timer(database: Database, timer: Timer, now: datetime) -> None:
    """Take the row of a timer of an offer that is due: see `take_due`."""
    await take_due(database, OFFERS, timer, now)


def _take_by_clock(loaded: Loaded, timer: Timer) -> OfferChange:
    return advance.take(loaded, advance.CLOCK, timer.action, {})


def _reminder(loaded: Loaded, running: Running) -> dict[str, Any]:
    offer = loaded.offer
    return {
        "topic": "offer.reminder",
        "subject": show_id("off", offer.id),
        "sequence": offer.version,
        "parties": (offer.buyer_id, offer.seller_id),
        "at": loaded.now,
        "data": change_data(loaded, offer, running.action, offer.status, By.CLOCK) | firing.said_to(running),
    }


async def _changes(transaction: HotTransaction, loaded: Loaded, change: OfferChange) -> Changes:
    child = countered(loaded, change)
    if child is not None:
        await require_room_of_day(transaction, child.offer.author_id, loaded.now)
    changes = advance.changes_of(change, loaded, child)
    if child is not None:
        await flag(transaction, [child], changes.rows)
    return changes


OFFERS: Final[Subject[Loaded, OfferChange]] = Subject(
    noun=timers.SUBJECT,
    lock=loading.HOLD,
    lock_keyed=loading.HOLD_KEYED,
    lock_inside=loading.HOLD_FOR_CLOCK,
    visible=loading.READ,
    missing=OfferNotFoundError,
    version=lambda loaded: loaded.offer.version,
    changes=_changes,
    clocks=Clocks(
        lock=loading.HOLD_FOR_CLOCK,
        at=lambda loaded, now: replace(loaded, now=now),
        running=lambda loaded: timers.running(loaded.offer),
        fire=_take_by_clock,
        reminder=_reminder,
    ),
)
COUNTERED: Final = replace(OFFERS, lock=counting(loading.HOLD), lock_keyed=counting(loading.HOLD_KEYED))
"""The same where another offer is made: its author's offers of the day are counted in turn."""
