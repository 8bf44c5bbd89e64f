"""What is thrown away after a time, and what older versions left to be made. Nothing here changes an order."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, or_, text

from orderhub.domain.accounts.models import Attempt, EmailToken, KnownDevice, PendingRegistration, SignInSession
from orderhub.domain.events import tickets
from orderhub.domain.files.service import forget_orphans
from orderhub.domain.files.thumbnails import make_missing
from orderhub.infra.idempotency import KEPT, IdempotencyKey
from orderhub.jobs.context import WorkerContext
from orderhub.kit.clock import real_now

Payload = Mapping[str, Any]

ATTEMPTS_KEPT: Final = timedelta(days=1)
SESSIONS_KEPT: Final = timedelta(days=30)
"""After its end a session is shown for so long among a person's sign-ins."""
REGISTRATIONS_KEPT: Final = timedelta(days=7)
"""Longer than the link of a mail is good, which may be sent late."""
DEVICES_KEPT: Final = timedelta(days=400)
"""A device that nobody signed in from for so long is any device again."""
_OLD_JOBS: Final = text("DELETE FROM pgqueuer_log WHERE created < now() - interval '30 days'")


async def drop_idempotency_keys(context: WorkerContext, _payload: Payload) -> None:
    """Forget answers older than seven days."""
    async with context.database.session() as session:
        await session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < real_now() - KEPT))


async def drop_expired_secrets(context: WorkerContext, _payload: Payload) -> None:
    """Forget tickets, mailed tokens and sessions that ended, registrations, devices and counts that are old."""
    now = real_now()
    ended = now - SESSIONS_KEPT
    async with context.database.session() as session:
        await tickets.drop_expired(session)
        await session.execute(delete(EmailToken).where(EmailToken.expires_at <= now))
        await session.execute(
            delete(PendingRegistration).where(PendingRegistration.registered_at < now - REGISTRATIONS_KEPT)
        )
        await session.execute(delete(Attempt).where(Attempt.since < now - ATTEMPTS_KEPT))
        await session.execute(delete(KnownDevice).where(KnownDevice.last_used_at < now - DEVICES_KEPT))
        # Their refresh tokens and tickets go with them.
        await session.execute(
            delete(SignInSession).where(or_(SignInSession.revoked_at < ended, SignInSession.expires_at < ended))
        )


async def drop_job_log(context: WorkerContext, _payload: Payload) -> None:
    """Forget how jobs ended after thirty days; jobs that are held stay."""
    async with context.database.session() as session:
        await session.execute(_OLD_JOBS)


async def drop_orphan_files(context: WorkerContext, _payload: Payload) -> None:
    """Delete stored bytes that no file's row names."""
    await forget_orphans(context.database, context.storage, real_now())


async def make_thumbnails(context: WorkerContext, _payload: Payload) -> None:
    """Make some of the thumbnails that pictures of older versions lack."""
    await make_missing(context.database, context.storage, context.isolation)
