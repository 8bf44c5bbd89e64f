"""A dry run of each row that a person takes answers what the row then does, and leaves every table as it was."""

from typing import Any

import pytest

from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Row
from orderhub.infra.database import Database
from tests.engine import sourced_ways, test_rows, test_sourced_rows, ways
from tests.engine.faults import digests

UNASKED = frozenset({By.CLOCK, By.PROVIDER, By.TRACKING})
ALWAYS = {"cancel", "deliver", "refund_part", "approve", "confirm_deposit", "issue_final_invoice", "rule_split"}


def asked(rows: tuple[Row[Facts], ...]) -> list[Row[Facts]]:
    """Those that a person takes; placing is none of the order's own transitions."""
    return [row for row in rows if row.start is not None and not row.by & UNASKED]


def marked(rows: tuple[Row[Facts], ...], name_of: Any) -> pytest.MarkDecorator:
    def of(row: Row[Facts]) -> Any:
        return pytest.param(row, id=name_of(row), marks=() if row.action in ALWAYS else pytest.mark.slow)

    return pytest.mark.parametrize("row", [of(row) for row in asked(rows)])


async def tried_and_done(ready: Any, faulty: Database) -> None:
    before = await digests(faulty)
    ready.scene.dry_run = True
    tried = await ready.take()
    assert await digests(faulty) == before
    ready.scene.dry_run = False
    done = await ready.take()
    assert (tried.status, tried.body, tried.headers) == (done.status, done.body, done.headers)
    assert not done.replayed
    assert await digests(faulty) != before


@marked(SERVICE.rows, ways.name_of)
async def test_of_a_service_order(row: Row[Facts], faulty: Database) -> None:
    await tried_and_done(await test_rows.make_ready(faulty, row), faulty)


@marked(SOURCED.rows, sourced_ways.name_of)
async def test_of_a_sourced_order(row: Row[Facts], faulty: Database) -> None:
    await tried_and_done(await test_sourced_rows.make_ready(faulty, row), faulty)
