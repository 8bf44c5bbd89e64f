"""Chloé and Idris change the policy: versions, refusals, the audit, and both at once."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.audit import queries as audit
from orderhub.domain.audit.models import AuditEntry
from orderhub.domain.orders.kinds import durations
from orderhub.domain.policies import queries, service
from orderhub.domain.policies.errors import PolicyRacedError, PolicyStaleError
from orderhub.domain.policies.models import PolicyVersion
from orderhub.domain.policies.policy import Commission, Policy, commission
from orderhub.domain.policies.rules import Sale, faults
from orderhub.domain.policies.service import Change
from orderhub.infra.database import Database
from orderhub.kit.errors import InvalidError
from orderhub.kit.pages import PageRequest
from tests.making.instants import NOON

CHRISTMAS = date(2026, 12, 25)
FIRST = 4
"""The policy of an empty database: what services needed, then what sourced orders added."""


async def entries(session: AsyncSession) -> Sequence[AuditEntry]:
    return (await audit.entries(session, PageRequest())).data


async def set_approval(session: AsyncSession, change: Change, approval: str) -> Policy:
    policy = await queries.current(session)
    return await service.change_settings(
        session,
        change,
        durations={**policy.durations, "approval": approval},
        fees=policy.fees,
        working_days=policy.working_days,
        rules=durations(),
    )


async def set_commissions(session: AsyncSession, change: Change, *rules: Commission) -> Policy:
    return await service.change_commissions(
        session, change, rules, sales={"service": Sale(categories=frozenset({"logo"}))}
    )


async def test_an_empty_database_has_a_sound_policy_and_terms(session: AsyncSession) -> None:
    policy = await queries.current(session)
    assert (policy.version, faults(policy, durations())) == (FIRST, ())
    assert commission(policy, "service", "logo") == 1000
    assert policy.durations["freeze"] == "P150D"
    terms = await queries.current_terms(session)
    assert terms.version == policy.terms_version == 1
    assert "séquestre" in terms.french
    assert "escrow" in terms.english


async def test_a_change_is_a_new_version_beside_the_old_one(session: AsyncSession, chloe: UUID) -> None:
    policy = await set_approval(session, Change(chloe, NOON, expected=frozenset({FIRST})), "P5D")
    assert (policy.version, policy.durations["approval"]) == (FIRST + 1, "P5D")
    assert await queries.current(session) == policy
    old = await session.get_one(PolicyVersion, FIRST)
    assert old.values["durations"]["approval"] == "P7D"
    new = await session.get_one(PolicyVersion, FIRST + 1)
    assert (new.created_by, new.created_at) == (chloe, NOON)


async def test_the_audit_says_who_changed_what_from_what_to_what(session: AsyncSession, chloe: UUID) -> None:
    before = dict((await queries.current(session)).durations)
    await set_approval(session, Change(chloe, NOON), "P5D")
    (entry,) = await entries(session)
    assert (entry.account_id, entry.at, entry.action) == (chloe, NOON, "settings.changed")
    assert entry.before == {"durations": before}
    assert entry.after == {"durations": {**before, "approval": "P5D"}}


async def test_what_changes_nothing_makes_no_version(session: AsyncSession, chloe: UUID) -> None:
    assert (await set_approval(session, Change(chloe, NOON), "P7D")).version == FIRST
    assert await entries(session) == []


async def test_an_impossible_policy_is_refused_whole(session: AsyncSession, chloe: UUID) -> None:
    with pytest.raises(InvalidError) as refusal:
        await set_approval(session, Change(chloe, NOON), "P400D")
    assert [fault.pointer for fault in refusal.value.errors] == ["/durations/approval"]
    assert (await queries.current(session)).version == FIRST


async def test_a_version_looked_at_too_long_ago_is_refused(session: AsyncSession, chloe: UUID) -> None:
    await set_approval(session, Change(chloe, NOON, expected=frozenset({FIRST})), "P5D")
    with pytest.raises(PolicyStaleError) as refusal:
        await set_commissions(
            session, Change(chloe, NOON, expected=frozenset({FIRST})), Commission("service", None, 900)
        )
    assert refusal.value.extras == {"current_version": FIRST + 1}


async def test_commissions_change_without_the_rest(session: AsyncSession, chloe: UUID) -> None:
    before = await queries.current(session)
    rules = (Commission("service", None, 900), Commission("service", "logo", 500))
    after = await set_commissions(session, Change(chloe, NOON), *rules)
    assert commission(after, "service", "logo") == 500
    assert after.durations == before.durations
    with pytest.raises(InvalidError) as refusal:
        await set_commissions(session, Change(chloe, NOON), *rules, Commission("service", "lego", 0))
    assert [fault.pointer for fault in refusal.value.errors] == ["/rules/2/category"]


async def test_holidays_are_replaced_whole(session: AsyncSession, chloe: UUID) -> None:
    await service.change_holidays(session, Change(chloe, NOON), {CHRISTMAS: "Noël", date(2026, 12, 24): "Réveillon"})
    policy = await service.change_holidays(
        session, Change(chloe, NOON, expected=frozenset({FIRST + 1})), {CHRISTMAS: "Noël"}
    )
    assert policy.version == FIRST + 2
    assert [(found.day, found.label) for found in await queries.holidays(session)] == [(CHRISTMAS, "Noël")]
    calendar = await queries.working_calendar(session, UTC)
    assert calendar.add(datetime(2026, 12, 24, 9, 0, tzinfo=UTC), 1) == datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
    newest = (await entries(session))[0]
    assert newest.before == {"holidays": {"2026-12-24": "Réveillon", "2026-12-25": "Noël"}}
    assert newest.after == {"holidays": {"2026-12-25": "Noël"}}


async def test_new_terms_are_a_version_that_new_orders_take(session: AsyncSession, chloe: UUID) -> None:
    terms = await service.publish_terms(
        session, Change(chloe, NOON, expected=frozenset({1})), french="Nouveau", english="New"
    )
    assert terms.version == 2
    assert (await queries.current(session)).terms_version == 2
    assert (await queries.current_terms(session)).english == "New"
    with pytest.raises(PolicyStaleError):
        await service.publish_terms(
            session, Change(chloe, NOON, expected=frozenset({1})), french="Autre", english="Other"
        )


async def test_of_two_admins_at_once_one_is_refused(database: Database, two_admins: tuple[UUID, UUID]) -> None:
    both_have_read = asyncio.Barrier(2)

    async def change(admin: UUID, approval: str) -> Policy:
        async with database.session() as session:
            await queries.current(session)
            await both_have_read.wait()
            return await set_approval(session, Change(admin, NOON, expected=frozenset({FIRST})), approval)

    chloe, idris = two_admins
    results = await asyncio.gather(change(chloe, "P5D"), change(idris, "P6D"), return_exceptions=True)
    won = [result for result in results if isinstance(result, Policy)]
    lost = [result for result in results if isinstance(result, PolicyRacedError | PolicyStaleError)]
    assert (len(won), len(lost)) == (1, 1)
    async with database.session() as session:
        assert await queries.current(session) == won[0]
        assert await session.scalar(select(func.count()).select_from(PolicyVersion)) == FIRST + 1
        assert len(await entries(session)) == 1


async def test_the_loser_of_a_race_learns_it_after_the_winner_commits(
    database: Database, two_admins: tuple[UUID, UUID]
) -> None:
    chloe, idris = two_admins
    async with database.session() as winner:
        await set_approval(winner, Change(chloe, NOON), "P5D")

        async def lose() -> None:
            async with database.session() as loser:
                await set_approval(loser, Change(idris, NOON), "P6D")

        losing = asyncio.create_task(lose())
        finished, _ = await asyncio.wait({losing}, timeout=0.3)
        assert not finished
    with pytest.raises(PolicyRacedError):
        await losing


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE policies SET created_at = now()",
        "DELETE FROM policies",
        "UPDATE terms SET french = ''",
        "DELETE FROM audit_entries",
        "UPDATE audit_entries SET account_id = NULL",
    ],
)
async def test_the_database_refuses_to_rewrite_what_was_written(
    session: AsyncSession, chloe: UUID, statement: str
) -> None:
    await set_approval(session, Change(chloe, NOON), "P5D")
    await session.flush()
    with pytest.raises(IntegrityError, match="written once"):
        await session.execute(text(statement))
