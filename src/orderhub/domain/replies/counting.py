"""How many mails are kept: of one buyer, and of strangers whom no address of ours was given to.

A stranger's mails fill no room of a buyer's. Whoever is refused may send the mail again: their server keeps it.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.locking import lock_account
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.policies import queries as policies
from orderhub.domain.policies.room import require_room
from orderhub.domain.replies.models import InboundMail

DAY: Final = timedelta(days=1)
_RETRY_AFTER: Final = 3600
"""Seconds after which there may be room again."""


async def require_room_for_mail(
    session: AsyncSession, account_id: UUID | None, now: datetime, *, lock: bool = False
) -> None:
    """Raises LimitReachedError where too many came within a day, or wait for staff. ``account_id`` None: of strangers.

    With ``lock`` nobody else records a mail of theirs before this transaction ends.
    """
    if lock:
        await lock_account(session, account_id or HOUSE_ID)
    of_day = select(func.count()).where(
        InboundMail.account_id.is_not_distinct_from(account_id), InboundMail.received_at > now - DAY
    )
    waiting = select(func.count()).where(
        Case.kind == CaseKind.MAIL.value, Case.closed_at.is_(None), Case.opened_by.is_not_distinct_from(account_id)
    )
    had = max(await session.scalar(of_day) or 0, await session.scalar(waiting) or 0)
    name = "mails" if account_id else "stray_mails"
    require_room(await policies.bounds(session), name, had, retry_after=_RETRY_AFTER)
