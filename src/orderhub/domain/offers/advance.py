"""From a locked offer to everything that its change writes. Pure: decides, computes, composes rows."""

from collections.abc import Mapping
from copy import copy
from typing import Any, Final

from orderhub.domain.decisions import Available, available, decide
from orderhub.domain.offers import timers
from orderhub.domain.offers.change import OfferChange
from orderhub.domain.offers.loading import Loaded
from orderhub.domain.offers.process import OFFER, PAST
from orderhub.domain.offers.showing import event_data
from orderhub.domain.offers.state import COLUMNS, OfferFacts, OfferState
from orderhub.domain.process import Actor, By, Status
from orderhub.domain.refusals import GuardError
from orderhub.domain.transitions.change import Rows
from orderhub.domain.transitions.timers import cancel_step
from orderhub.infra.changes import Changes
from orderhub.kit.ids import show_id

CLOCK: Final = Actor(frozenset({By.CLOCK}))
SYSTEM: Final = Actor(frozenset({By.SYSTEM}))
PAYER: Final = Actor(frozenset({By.PROVIDER}))
_TABLE: Final = "offers"
_AT_ONCE: Final = ("auto_accept", "auto_decline")


def available_to(loaded: Loaded, actor: Actor) -> tuple[Available, ...]:
    """What an actor may do with an offer now, and why not yet; what is the other's to do is not among it."""
    facts = OfferFacts(loaded.offer, loaded.now, actor, listing=loaded.facts)
    found = available(OFFER, loaded.offer.status, actor, facts)
    return tuple(each for each in found if each.reason is None or not each.reason.forbids)


def take(loaded: Loaded, actor: Actor, action: str, command: Mapping[str, Any]) -> OfferChange:
    """The offer's next state, and the one that counters it. Raises the table's refusals, InvalidError."""
    offer = loaded.offer
    row = decide(OFFER, offer.status, action, actor, OfferFacts(offer, loaded.now, actor, command, loaded.facts))
    change = OfferChange(
        offer,
        copy(offer),
        action=action,
        by=min(row.by & actor.acts_as),
        actor_id=actor.account_id,
        now=loaded.now,
        command=command,
    )
    for name in row.needs:
        change.required(name)
    assert isinstance(row.to, Status)  # noqa: S101 - every row of an offer leads to another status
    change.offer.version += 1
    change.offer.status = row.to.code
    change.offer.status_since = change.offer.clock_anchor = loaded.now
    for effect in row.effects:
        effect(change)
    return change


def begin(loaded: Loaded, by: By) -> tuple[OfferChange, OfferChange | None]:
    """An offer that is made, and what answers it at once: the seller's private floors, where they do.

    Raises the table's refusals.
    """
    offer = loaded.offer
    actor = Actor(frozenset({by}), offer.author_id)
    decide(OFFER, None, "make", actor, OfferFacts(offer, loaded.now, actor, {}, loaded.facts))
    made = OfferChange(offer, offer, action="make", by=by, actor_id=offer.author_id, now=loaded.now, command={})
    for action in _AT_ONCE:
        try:
            return made, take(loaded, SYSTEM, action, {})
        except GuardError:
            continue
    return made, None


def rows_of(change: OfferChange, loaded: Loaded, *, begins: bool = False, answered: bool = False) -> Rows:
    """The history and the event of a change; ``answered`` is one that begins and is answered at once."""
    offer, left = change.offer, "" if begins else change.before.status
    holder = OfferChange(
        change.before,
        offer,
        action=change.action,
        by=change.by,
        actor_id=change.actor_id,
        now=change.now,
        command={},
        data=change.data,
    )
    holder.add("history", **holder.history(OFFER.name, offer.id, offer.version, left, offer.status))
    data = event_data(loaded, offer, change, left or None, told=not answered)
    topic, subject = f"offer.{PAST[change.action]}", show_id("off", offer.id)
    holder.write_event(topic, subject, offer.version, (offer.buyer_id, offer.seller_id), data)
    return holder.rows


def rows_of_begun(loaded: Loaded, by: By) -> tuple[OfferState, Rows]:
    """The offer as it begins, and all the rows that go with it but its own."""
    made, answer = begin(loaded, by)
    rows = rows_of(made, loaded, begins=True, answered=answer is not None)
    offer = made.offer if answer is None else answer.offer
    if answer is not None:
        merge(rows, rows_of(answer, loaded))
    _, fresh = timers.difference(None, offer, loaded.now)
    return offer, merge(rows, {"timers": fresh})


def merge(rows: Rows, more: Mapping[str, list[dict[str, Any]]]) -> Rows:
    """Add rows of some tables to those that are there."""
    for table, added in more.items():
        if added:
            rows.setdefault(table, []).extend(added)
    return rows


def columns_of(offer: OfferState) -> dict[str, Any]:
    """Every column of an offer, to be inserted."""
    return {name: getattr(offer, name) for name in COLUMNS}


def changed_fields(before: OfferState, after: OfferState) -> dict[str, Any]:
    """What differs besides the version, which counts up by itself."""
    return {
        name: getattr(after, name)
        for name in COLUMNS
        if name != "version" and getattr(after, name) != getattr(before, name)
    }


def changes_of(change: OfferChange, loaded: Loaded, child: Loaded | None) -> Changes:
    """Everything that the change writes: fields, history, event, timers, and the offer that counters it."""
    offer, before = change.offer, change.before
    rows = merge(rows_of(change, loaded), change.rows)
    cancelled, fresh = timers.difference(before, offer, change.now)
    merge(rows, {"timers": fresh})
    if child is not None:
        begun, more = rows_of_begun(child, change.by)
        merge(rows, {**more, _TABLE: [columns_of(begun)]})
    steps = [cancel_step(cancelled)] if cancelled else []
    return Changes(_TABLE, offer.id, before.version, changed_fields(before, offer), rows, change.updates, steps)


def begun_changes(begun: list[tuple[OfferState, Rows]]) -> Changes:
    """What making some offers writes: the first is the statement's own row, the others follow it."""
    (first, rows), *others = begun
    for offer, more in others:
        merge(rows, {**more, _TABLE: [columns_of(offer)]})
    fields = {name: value for name, value in columns_of(first).items() if name != "id"}
    return Changes(_TABLE, first.id, None, fields, rows)
