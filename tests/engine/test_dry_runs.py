"""A dry run of each row that a person takes answers what the row then does, and leaves every table as it was."""

from orderhub.domain.process import By
from orderhub.infra.database import Database
from tests.engine.faults import digests
from tests.engine.landing import make_ready
from tests.kinds.cases import Case, each_case

UNASKED = {By.CLOCK, By.PROVIDER, By.TRACKING}
ALWAYS = {"cancel", "deliver", "refund_part", "approve", "confirm_deposit", "issue_final_invoice", "rule_split"}


@each_case(
    ever=lambda case: case.row.start is not None and case.is_first and case.by not in UNASKED,
    slow=lambda case: case.row.action not in ALWAYS,
)
async def test_it_is_tried_and_done(case: Case, faulty: Database) -> None:
    ready = await make_ready(faulty, case)
    before = await digests(faulty)
    ready.scene.dry_run = True
    tried = await ready.take()
    assert await digests(faulty) == before
    ready.scene.dry_run = False
    done = await ready.take()
    assert (tried.status, tried.body, tried.headers) == (done.status, done.body, done.headers)
    assert not done.replayed
    assert await digests(faulty) != before
