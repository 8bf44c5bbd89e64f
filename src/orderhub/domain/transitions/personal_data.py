"""What the history holds of a person: what they said with each change. Erased, only what was done is left."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.forgetting import codes_of
from orderhub.domain.transitions.models import History
from orderhub.kit.clock import show_instant

Subjects = Select[UUID]
"""The ids of the objects whose history is meant."""


async def said_by(session: AsyncSession, account_id: UUID, subjects: Subjects) -> dict[UUID, list[dict[str, Any]]]:
    """What the person did to each of these objects, and what they said with it, the oldest first."""
    wanted = select(History).where(History.subject_id.in_(subjects), History.actor_id == account_id)
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in await session.scalars(wanted.order_by(History.subject_id, History.version)):
        entry = {"action": row.action, "at": show_instant(row.at), "said": row.data}
        found.setdefault(row.subject_id, []).append(entry)
    return found


async def forget_said(
    session: AsyncSession, account_id: UUID, subjects: Subjects, quoted: Collection[str] = ()
) -> None:
    """Take the person's words out of these objects' history; ``quoted`` are the names under which others quote them."""
    wanted = select(History.subject_id, History.version, History.actor_id, History.data)
    for subject_id, version, actor_id, data in (
        await session.execute(wanted.where(History.subject_id.in_(subjects)))
    ).all():
        kept = words_left(data, quoted, by_them=actor_id == account_id)
        if kept != data:
            place = (History.subject_id == subject_id, History.version == version)
            await session.execute(
                update(History).where(*place).values(data=kept), execution_options={"synchronize_session": False}
            )


def words_left(said: dict[str, Any], quoted: Collection[str], *, by_them: bool) -> dict[str, Any]:
    """What stays of what was said with a change."""
    return codes_of(said) if by_them else {name: value for name, value in said.items() if name not in quoted}
