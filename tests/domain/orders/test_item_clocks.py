"""The clocks of an item's order: working days over holidays and changes of the clocks, the days to look, the offer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from orderhub.domain.orders import timers
from orderhub.domain.orders.kinds.item.clocks import APPROVAL, PAYMENT, RETURN_LOST, RETURN_RECEIPT, SHIPMENT
from orderhub.domain.orders.kinds.item.details import Calendar, details_of
from orderhub.domain.orders.presentation import deadlines
from orderhub.domain.orders.state import OrderState
from tests.kinds.item.orders import standing
from tests.kinds.people import NOW

PARIS = ZoneInfo("Europe/Paris")


def paid_at(local: datetime, *holidays: date) -> OrderState:
    order = standing("awaiting_shipment")
    calendar = Calendar("Europe/Paris", (1, 2, 3, 4, 5), holidays)
    at = local.replace(tzinfo=PARIS).astimezone(UTC)
    return replace(order, clock_anchor=at, details=structs.replace(details_of(order), calendar=calendar))


@pytest.mark.parametrize(
    ("paid", "holidays", "due"),
    [
        (datetime(2026, 11, 23, 10), (), datetime(2026, 11, 30, 10)),  # noqa: DTZ001 - local, as Paris has it
        (datetime(2026, 12, 23, 18), (date(2026, 12, 25), date(2027, 1, 1)), datetime(2026, 12, 31, 18)),  # noqa: DTZ001
        (datetime(2027, 3, 26, 9), (date(2027, 3, 29),), datetime(2027, 4, 5, 9)),  # noqa: DTZ001 - summer begins
        (datetime(2026, 10, 23, 9), (), datetime(2026, 10, 30, 9)),  # noqa: DTZ001 - and ends
        (datetime(2026, 11, 28, 23), (), datetime(2026, 12, 4, 23)),  # noqa: DTZ001 - a Saturday
    ],
    ids=["plain", "Christmas", "summer begins", "summer ends", "Saturday"],
)
def test_it_is_to_be_sent_within_five_working_days(paid: datetime, holidays: tuple[date, ...], due: datetime) -> None:
    (deadline,) = SHIPMENT.deadlines(paid_at(paid, *holidays))
    assert deadline.due == due.replace(tzinfo=PARIS)


def test_the_change_of_the_clocks_is_in_between() -> None:
    """Five working days are an hour less, or more, than that many days of 24 hours."""
    spring = paid_at(datetime(2027, 3, 26, 9))  # noqa: DTZ001 - local
    autumn = paid_at(datetime(2026, 10, 23, 9))  # noqa: DTZ001 - local
    lengths = [SHIPMENT.deadlines(order)[0].due - order.clock_anchor for order in (spring, autumn)]
    assert lengths == [timedelta(days=7, hours=-1), timedelta(days=7, hours=1)]


@pytest.mark.parametrize(("trader", "days"), [(False, 4), (True, 14)])
def test_the_days_to_look(trader: bool, days: int) -> None:  # noqa: FBT001 - a parameter of the test
    order = standing("delivered", trader=trader)
    assert APPROVAL.deadlines(order)[0].due == NOW + timedelta(days=days)
    postponed = replace(order, postponed_at=NOW)
    assert APPROVAL.deadlines(postponed)[0].due == NOW + timedelta(days=days + 7)


@pytest.mark.parametrize(("left", "minutes"), [(None, 15), (timedelta(minutes=3), 15), (timedelta(hours=20), 1_200)])
def test_a_reservation_runs_as_long_as_the_offer_and_for_a_quarter_of_an_hour_at_least(
    left: timedelta | None, minutes: int
) -> None:
    order = standing("awaiting_payment")
    details = structs.replace(details_of(order), pay_by=left and NOW + left)
    (deadline,) = PAYMENT.deadlines(replace(order, details=details))
    assert deadline.due == NOW + timedelta(minutes=minutes)


def test_what_is_sent_back_is_lost_until_the_carrier_says_that_it_is_there() -> None:
    order = standing("return_shipped")
    assert (RETURN_RECEIPT.deadlines(order), RETURN_LOST.deadlines(order)[0].due) == ((), NOW + timedelta(days=14))
    returned = details_of(order).returned
    assert returned is not None
    back = structs.replace(returned, delivered_at=NOW + timedelta(days=2))
    there = replace(order, details=structs.replace(details_of(order), returned=back))
    assert (RETURN_LOST.deadlines(there), RETURN_RECEIPT.deadlines(there)[0].due) == ((), NOW + timedelta(days=5))


def test_an_unanswered_return_has_one_deadline_whatever_then_follows() -> None:
    order = standing("return_requested")
    _, fresh = timers.difference(None, order, NOW)
    assert [each["action"] for each in deadlines(order)] == ["lapse_return"]
    running = sorted((timer.kind, timer.action) for timer in timers.running(order))
    assert running == sorted((each["kind"], each["action"]) for each in fresh)
    assert running == [("remind", "lapse_return"), ("row", "lapse_return")]
