"""Changes of the policy: each is a new version, audited, and never moves what was already promised.

All changes go through one row of versions, so that of two made at the same instant one is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.audit import log
from orderhub.domain.policies import queries
from orderhub.domain.policies.charges import Protection, Shipping, protection_faults, shipping_faults
from orderhub.domain.policies.errors import PolicyRacedError, PolicyStaleError
from orderhub.domain.policies.models import Holiday, PolicyVersion, Terms
from orderhub.domain.policies.policy import Commission, Policy, write_policy
from orderhub.domain.policies.rules import DurationRule, Sale, commission_faults, faults
from orderhub.kit.errors import FieldError, InvalidError
from orderhub.kit.text import Label
from orderhub.kit.versions import Versions


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes something, when (business time), and which versions they looked at, if they say so."""

    by: UUID
    at: datetime
    expected: Versions | None = None


async def change_settings(  # noqa: PLR0913 - one name for each setting
    session: AsyncSession,
    change: Change,
    *,
    durations: Mapping[str, str],
    fees: Mapping[str, int],
    working_days: Sequence[int],
    bounds: Mapping[str, int] | None = None,
    rules: Mapping[str, DurationRule],
) -> Policy:
    """Replace durations, fees and working days, and the ``bounds`` that are named.

    ``rules`` are those of every duration that there is, by its name.

    Raises InvalidError, PolicyStaleError, PolicyRacedError.
    """
    before = await _looked_at(session, change)
    after = replace(
        before,
        durations=dict(durations),
        fees=dict(fees),
        working_days=tuple(sorted(working_days)),
        bounds={**before.bounds, **(bounds or {})},
    )
    _refuse(faults(after, rules))
    return await _adopt(session, change, before, after, "settings")


async def change_commissions(
    session: AsyncSession, change: Change, rules: Sequence[Commission], *, sales: Mapping[str, Sale]
) -> Policy:
    """Replace the rules of commission. Raises InvalidError, PolicyStaleError, PolicyRacedError.

    ``sales`` are those of every kind of order, by its name.
    """
    before = await _looked_at(session, change)
    _refuse(commission_faults(rules, sales))
    return await _adopt(session, change, before, replace(before, commissions=tuple(rules)), "commissions")


async def change_shipping(session: AsyncSession, change: Change, shipping: Shipping) -> Policy:
    """Replace what sending items costs. Raises InvalidError, PolicyStaleError, PolicyRacedError."""
    before = await _looked_at(session, change)
    _refuse(shipping_faults(shipping))
    return await _adopt(session, change, before, replace(before, shipping=shipping), "shipping")


async def change_protection(session: AsyncSession, change: Change, protection: Protection) -> Policy:
    """Replace the fee of the buyer's protection. Raises InvalidError, PolicyStaleError, PolicyRacedError."""
    before = await _looked_at(session, change)
    _refuse(protection_faults(protection))
    return await _adopt(session, change, before, replace(before, protection=protection), "protection")


async def change_holidays(session: AsyncSession, change: Change, days: Mapping[date, str]) -> Policy:
    """Replace the public holidays. Raises PolicyStaleError, PolicyRacedError."""
    before = await _looked_at(session, change)
    had = {holiday.day: holiday.label for holiday in await queries.holidays(session)}
    if had == dict(days):
        return before
    policy = await _insert(session, change, before)
    await session.execute(delete(Holiday))
    session.add_all(Holiday(day=day, label=label) for day, label in days.items())
    _audit(session, change, "holidays", _shown_days(had), _shown_days(days))
    return policy


async def publish_terms(session: AsyncSession, change: Change, *, french: str, english: str) -> Terms:
    """Publish new terms; ``change.expected`` are versions of the terms. Raises PolicyStaleError, PolicyRacedError."""
    policy, had = await queries.current(session), await queries.current_terms(session)
    if change.expected is not None and had.version not in change.expected:
        raise PolicyStaleError(had.version)
    if (had.french, had.english) == (french, english):
        return had
    await _insert(session, change, replace(policy, terms_version=had.version + 1))
    terms = Terms(version=had.version + 1, created_at=change.at, created_by=change.by, french=french, english=english)
    session.add(terms)
    _audit(session, change, "terms", _shown_terms(had), _shown_terms(terms))
    return terms


async def _looked_at(session: AsyncSession, change: Change) -> Policy:
    policy = await queries.current(session)
    if change.expected is not None and policy.version not in change.expected:
        raise PolicyStaleError(policy.version)
    return policy


async def _adopt(session: AsyncSession, change: Change, before: Policy, after: Policy, subject: str) -> Policy:
    if after == before:
        return before
    policy = await _insert(session, change, after)
    _audit(session, change, subject, write_policy(before), write_policy(policy))
    return policy


def _refuse(errors: tuple[FieldError, ...]) -> None:
    if errors:
        raise InvalidError(
            Label("Certaines de ces valeurs ne sont pas possibles.", "Some of these values are not possible."),
            errors=errors,
        )


async def _insert(session: AsyncSession, change: Change, policy: Policy) -> Policy:
    """Write the next version. The loser of a race waits for the winner's commit, then is refused."""
    row = {
        "version": policy.version + 1,
        "created_at": change.at,
        "created_by": change.by,
        "values": write_policy(policy),
    }
    statement = insert(PolicyVersion).values(row).on_conflict_do_nothing().returning(PolicyVersion.version)
    version = await session.scalar(statement)
    if version is None:
        raise PolicyRacedError
    return replace(policy, version=version)


def _audit(
    session: AsyncSession, change: Change, subject: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Note what differs: members that stay the same are left out of both documents."""
    differing = [name for name in after if before.get(name) != after[name]]
    log.record(
        session,
        account_id=change.by,
        action=f"{subject}.changed",
        subject=subject,
        before={name: before.get(name) for name in differing},
        after={name: after[name] for name in differing},
        at=change.at,
    )


def _shown_days(days: Mapping[date, str]) -> dict[str, Any]:
    return {"holidays": {day.isoformat(): label for day, label in sorted(days.items())}}


def _shown_terms(terms: Terms) -> dict[str, Any]:
    return {"version": terms.version, "french": terms.french, "english": terms.english}
