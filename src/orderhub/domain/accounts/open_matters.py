"""What keeps an account open: orders under way, money still owed. Others register; accounts asks.

A package that can hold something of a person registers one check, from where the application is put
together. An account is erased only when every check finds nothing.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """One thing that is still open: ``kind`` such as ``order`` or ``balance``, its public id if it has one."""

    kind: str
    detail: Label
    id: str | None = None


Check = Callable[[AsyncSession, UUID], Awaitable[Sequence[OpenMatter]]]
"""What is open of this account, at most a hundred matters; it must see what the unit of work sees."""

_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Have a check asked from now on; a second one of the same name takes the place of the first."""
    _checks[name] = check


def forget(name: str) -> None:
    """Ask a check no more."""
    _checks.pop(name, None)


async def find_open(session: AsyncSession, account_id: UUID) -> Sequence[OpenMatter]:
    """Everything that keeps this account open."""
    return [matter for check in list(_checks.values()) for matter in await check(session, account_id)]
