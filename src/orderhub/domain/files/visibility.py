"""Who may see a file: its owner, and whoever a package that shows files says may.

A package above (catalog, messages, orders …) registers one question about its own tables when it is
imported, so that this package needs to know none of them::

    @shows_files
    async def is_in_conversation(session, file_id, viewer) -> bool: ...
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.models import File


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody signed in, with their staff roles."""

    account_id: UUID
    roles: frozenset[str] = frozenset()


Check = Callable[[AsyncSession, UUID, Viewer | None], Awaitable[bool]]
"""Whether this file (by id) is shown to this viewer; None is somebody not signed in."""

_checks: dict[str, Check] = {}


def shows_files(check: Check) -> Check:
    """Register a question of the package that defines it; asked for every file that isn't the viewer's own."""
    _checks[f"{check.__module__}.{getattr(check, '__qualname__', check)}"] = check
    return check


def may_see_original(file: File, viewer: Viewer | None) -> bool:
    """Whether somebody who may see a file may have it as it came: with all that a camera writes down of a person."""
    return viewer is not None and (file.owner_id == viewer.account_id or bool(viewer.roles))


async def may_see(session: AsyncSession, file: File, viewer: Viewer | None) -> bool:
    """Whether the file is the viewer's own, or some package shows it to them."""
    if viewer is not None and file.owner_id == viewer.account_id:
        return True
    for check in _checks.values():
        if await check(session, file.id, viewer):
            return True
    return False
