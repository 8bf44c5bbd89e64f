"""The table of a quote: what is no row is refused, what is one leads where it says, and what an acceptance places."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderhub.domain.orders.kinds.sourced.details import details_of, due
from orderhub.domain.process import Actor, By, Row
from orderhub.domain.proforma.errors import ProformaDatesError
from orderhub.domain.quotes import advance, timers
from orderhub.domain.quotes.accepting import place
from orderhub.domain.quotes.process import PAST, QUOTE
from orderhub.domain.refusals import GuardError, NotYoursError, StaffPartyError, TransitionError
from orderhub.kit.errors import InvalidError
from tests.domain.quotes.asked import PRICED, WEEK, a_quote, loaded, quote_command
from tests.kinds.people import ACTORS, AWA, NOW
from tests.making.documents import OPERATOR

ACTIONS = sorted({row.action for row in QUOTE.rows})


def test_everything_that_is_not_a_row_is_refused() -> None:
    tried = 0
    for status, action, by in product(QUOTE.statuses, ACTIONS, ACTORS):
        if any(by in row.by for row in QUOTE.rows_of(status.code, action)):
            continue
        quote = a_quote(status.code)
        with pytest.raises((TransitionError, NotYoursError)):
            advance.take(loaded(quote), ACTORS[by], action, quote_command(quote), OPERATOR)
        tried += 1
    assert tried > 1_200


@pytest.mark.parametrize(
    "row", [row for row in QUOTE.rows if row.start], ids=lambda row: "-".join(map(str, row.key[:2]))
)
def test_each_row_leads_where_it_says(row: Row[Any]) -> None:
    assert row.start is not None
    quote = a_quote(row.start.code)
    for by in row.by:
        change = advance.take(loaded(quote), ACTORS[by], row.action, quote_command(quote), OPERATOR)
        (to,) = QUOTE.targets(row)
        assert (change.quote.status, change.quote.version, change.quote.status_since) == (to.code, 2, NOW)
        assert (change.quote.final_at is not None) == (to.code in QUOTE.final)
        assert change.by is by
        assert (quote.status, quote.version) == (row.start.code, 1), "the quote that was read stays as it was"
        assert bool([t for t in timers.running(change.quote) if not t.reminds]) == (to.code == "issued")


def test_what_a_row_needs_must_be_said() -> None:
    for row in QUOTE.rows:
        for name in row.needs:
            assert row.start is not None
            quote = a_quote(row.start.code)
            (by,) = row.by
            said = quote_command(quote) | {name: None}
            with pytest.raises((InvalidError, GuardError)):
                advance.take(loaded(quote), ACTORS[by], row.action, said, OPERATOR)


def test_each_action_has_its_topic() -> None:
    assert set(PAST) == set(ACTIONS)
    assert len(set(PAST.values())) == len(PAST)


@pytest.mark.parametrize("named", [None, 0, 2])
def test_a_version_that_is_not_current_is_not_accepted(named: int | None) -> None:
    quote = a_quote("issued")
    with pytest.raises(GuardError) as refused:
        advance.take(loaded(quote), ACTORS[By.BUYER], "accept", quote_command(quote) | {"version": named}, OPERATOR)
    assert refused.value.extras["guard"] == "version_not_current"


@pytest.mark.parametrize("over", [timedelta(), timedelta(seconds=1)])
def test_nor_is_one_whose_validity_is_over(over: timedelta) -> None:
    quote = a_quote("issued", expires_at=NOW - over)
    with pytest.raises(GuardError):
        advance.take(loaded(quote), ACTORS[By.BUYER], "accept", quote_command(quote), OPERATOR)
    assert "accept" not in {one.action for one in advance.available_to(quote, ACTORS[By.BUYER], NOW) if one.possible}


@pytest.mark.parametrize("promised", ["2026-11-22", "2026-11-29"])
def test_a_draft_whose_purchase_is_promised_within_its_validity_is_not_issued(promised: str) -> None:
    quote = a_quote("in_preparation", draft=PRICED | {"purchase_by": promised})
    with pytest.raises(ProformaDatesError):
        advance.take(loaded(quote), ACTORS[By.SUPPORT], "issue", quote_command(quote), OPERATOR)


def test_nothing_is_issued_without_a_draft() -> None:
    quote = a_quote("in_preparation", draft=None)
    with pytest.raises(GuardError) as refused:
        advance.take(loaded(quote), ACTORS[By.SUPPORT], "issue", {}, OPERATOR)
    assert refused.value.extras["guard"] == "draft_incomplete"


def test_staff_do_not_price_what_they_asked_for_themselves() -> None:
    both = Actor(frozenset({By.BUYER, By.SUPPORT}), AWA)
    for status, action in (("requested", "take"), ("in_preparation", "issue"), ("issued", "withdraw")):
        quote = a_quote(status)
        with pytest.raises(StaffPartyError):
            advance.take(loaded(quote), both, action, quote_command(quote), OPERATOR)


def test_a_version_is_valid_from_when_it_is_issued() -> None:
    quote = a_quote("in_preparation", current=3, expires_at=NOW - WEEK)
    change = advance.take(loaded(quote), ACTORS[By.SUPPORT], "issue", quote_command(quote), OPERATOR)
    assert (change.quote.current, change.quote.expires_at, change.quote.draft) == (4, NOW + WEEK, None)
    assert (change.quote.total, change.quote.deposit) == (PRICED["total"], PRICED["deposit"])
    (expiry,) = (timer for timer in timers.running(change.quote) if not timer.reminds)
    (reminder,) = (timer for timer in timers.running(change.quote) if timer.reminds)
    assert (expiry.action, expiry.due, reminder.due) == ("expire", NOW + WEEK, NOW + WEEK - timedelta(days=1))
    cancelled, fresh = timers.difference(change.quote, replace(change.quote, status="declined"), NOW)
    assert (len(cancelled), fresh) == (2, [])


@pytest.mark.parametrize("current", [1, 7])
def test_an_acceptance_places_what_the_version_says(current: int) -> None:
    quote = a_quote("issued", current=current)
    buyer = ACTORS[By.BUYER]
    change = advance.take(loaded(quote), buyer, "accept", quote_command(quote), OPERATOR)
    order = place(change, loaded(quote), buyer).order
    details = details_of(order)
    assert (order.status, order.total, due(order)) == ("awaiting_deposit", PRICED["total"], PRICED["deposit"])
    assert (details.quote_version, details.number) == (current, quote.number)
    assert [line["id"] for line in order.lines] == [line["id"] for line in PRICED["lines"]]
    promised = [day.isoformat() for day in (details.purchase_by, details.arrive_by)]
    assert promised == ["2026-12-01T00:00:00+01:00", "2026-12-14T00:00:00+01:00"]
    assert change.quote.order_id == order.id
    assert {"orders", "history", "conversations", "conversation_members", "timers", "events"} <= set(change.rows)


@given(st.lists(st.tuples(st.sampled_from(sorted(ACTORS)), st.sampled_from(ACTIONS)), max_size=40))
def test_every_walk_stays_in_the_table(steps: list[tuple[By, str]]) -> None:
    quote = a_quote()
    for by, action in steps:
        try:
            change = advance.take(loaded(quote), ACTORS[by], action, quote_command(quote), OPERATOR)
        except (TransitionError, GuardError, NotYoursError):
            continue
        rows = QUOTE.rows_of(quote.status, action)
        assert change.quote.status in {status.code for row in rows for status in QUOTE.targets(row)}
        assert quote.status not in QUOTE.final
        quote = change.quote
        if quote.status == "in_preparation":
            quote.draft = PRICED
    assert (quote.final_at is not None) == (quote.status in QUOTE.final)
