"""One's notifications in the member area."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query, status
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import AskedLanguage, Caller, DatabaseSession, SignedIn
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.pages import PageParams
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.base import Flag, NotificationId, Omittable
from orderhub.api.schemas.notifications import NotificationListOut, NotificationOut
from orderhub.domain.accounts.models import Account
from orderhub.domain.notifications import queries, service
from orderhub.domain.notifications.errors import NotificationNotFoundError
from orderhub.infra.business_clock import business_now

router = Router(prefix="/me/notifications", route_class=IdempotentRoute)


@router.get("", summary="List my notifications")
async def list_notifications(
    session: DatabaseSession,
    caller: SignedIn,
    language: AskedLanguage,
    page: PageParams,
    unread: Annotated[Omittable[Flag], Query(description="Only the unread ones, or only the read ones.")] = None,
) -> NotificationListOut:
    """What happened that concerns you, newest first, worded in the language of `Accept-Language`."""
    found = await queries.notifications(session, page, account_id=caller.account_id, unread=unread)
    zone = await _zone(session, caller)
    return NotificationListOut(
        data=[NotificationOut.of(row, language, zone) for row in found.data],
        next_cursor=found.next_cursor,
        unread=await queries.count_unread(session, caller.account_id),
    )


@router.post(
    "/{notification_id}/read",
    summary="Mark a notification as read",
    responses=problems(NotificationNotFoundError),
)
async def mark_notification_read(
    session: DatabaseSession, caller: SignedIn, language: AskedLanguage, notification_id: NotificationId
) -> NotificationOut:
    """The notification, read from now on; one read before keeps its time."""
    now = await business_now(session)
    found = await service.mark_read(session, notification_id, account_id=caller.account_id, now=now)
    return NotificationOut.of(found, language, await _zone(session, caller))


@router.post("/read-all", summary="Mark all notifications as read", status_code=status.HTTP_204_NO_CONTENT)
async def mark_all_notifications_read(session: DatabaseSession, caller: SignedIn) -> None:
    """Everything that you were told until now counts as read."""
    await service.mark_all_read(session, account_id=caller.account_id, now=await business_now(session))


async def _zone(session: AsyncSession, caller: Caller) -> ZoneInfo:
    name = await session.scalar(select(Account.time_zone).where(Account.id == caller.account_id))
    return ZoneInfo(name or "UTC")
