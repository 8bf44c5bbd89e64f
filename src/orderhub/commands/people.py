"""Opening an account for a member of staff: the first admin has nobody who could grant them the role."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from getpass import getpass

from orderhub.commands import database
from orderhub.commands.terminal import RefusedError, say
from orderhub.settings import Settings


def asked_password() -> str:
    """A password typed twice on a terminal, or the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("Password: ")
    if getpass("Once more: ") != password:
        raise RefusedError("The two passwords differ.")
    return password


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to sign in, and as what."""

    email: str
    name: str
    roles: Sequence[str]
    password: str


async def create(settings: Settings, url: str, who: Newcomer) -> None:
    """Open the account. Raises DomainError for what is not accepted."""
    from orderhub.domain.accounts.models import StaffRole
    from orderhub.domain.accounts.opening import NewAccount, create_staff
    from orderhub.domain.accounts.passwords import Passwords
    from orderhub.infra.business_clock import business_now

    passwords = Passwords(parallel=1)
    new = NewAccount(who.email, who.password, who.name, roles=frozenset(StaffRole(role) for role in who.roles))
    async with database.opened(settings, url) as opened, opened.session() as session:
        account = await create_staff(session, passwords, new, now=await business_now(session))
    passwords.close()
    say(f"{account.display_name} ({account.email}, @{account.handle}) can sign in: {', '.join(account.roles)}.")
