"""What an event of a sourced order says of money and of promised days, so that its letter never asks the order."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from orderhub.domain.orders import advance
from orderhub.domain.orders.kinds.sourced.details import details_of, promised_arrival
from orderhub.domain.process import Actor, By
from tests.kinds.people import NOW
from tests.kinds.sourced.commands import COMMANDS
from tests.kinds.sourced.orders import on_the_way


@pytest.mark.parametrize(("more", "before"), [(0, 0), (500, 0), (0, 700), (100_000, 0)])
def test_the_deposit_tells_what_came_in_all_and_what_is_left(more: int, before: int) -> None:
    order = on_the_way("deposit_review", held=before)
    deposit = details_of(order).deposit
    received = {"amount": deposit - before + more, "currency": "EUR"}
    command = COMMANDS["confirm_deposit"].on(order, NOW) | {"received": received}
    change = advance.take(order, Actor(frozenset({By.FINANCE})), "confirm_deposit", NOW, command=command)
    paid = deposit + more
    assert change.data["paid"] == {"amount": paid, "currency": "EUR"}
    assert change.data["left_to_pay"] == {"amount": max(order.total - paid, 0), "currency": "EUR"}
    assert change.order.held == paid


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("Europe/Paris", datetime(2027, 3, 31, 22, tzinfo=UTC)),
        ("Africa/Dakar", datetime(2027, 4, 1, tzinfo=UTC)),
        ("America/Montreal", datetime(2027, 4, 1, 4, tzinfo=UTC)),
    ],
)
def test_a_promised_day_is_the_one_before_its_midnight(zone: str, midnight: datetime) -> None:
    order = on_the_way("confirmed", due_at=midnight)
    order.details = replace(details_of(order), time_zone=zone)
    assert promised_arrival(order) == date(2027, 3, 31)
