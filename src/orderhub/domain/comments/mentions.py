"""Mentions: ``@handle`` in running text, and whom each names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.handles import LONGEST, SHORTEST
from orderhub.domain.accounts.models import Account
from orderhub.domain.accounts.queries import SHOWN
from orderhub.kit.errors import FieldError, InvalidError
from orderhub.kit.text import Label

MOST: Final = 10
"""People that one comment may mention."""
_MENTION: Final = re.compile(r"(?<![\w@.])@([\w.]*\w)")
"""A dot behind it ends the sentence; a letter before it makes an e-mail address of it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is mentioned, and where: the ``@`` and the handle, in characters of the text."""

    start: int
    end: int
    account: Account

    def written(self) -> dict[str, Any]:
        """The same as it is stored."""
        return {"start": self.start, "end": self.end, "account_id": str(self.account.id)}


async def read_mentions(session: AsyncSession, text: str) -> Sequence[Mention]:
    """Everybody who is mentioned in a text, as often as they are.

    Raises InvalidError that names each handle nobody has, and for more than `MOST` people.
    """
    found = list(_found(text))
    handles = {handle for _, _, handle in found}
    if len(handles) > MOST:
        raise _refusal("too_many_mentions", f"Mentionnez {MOST} personnes au plus.", f"Mention {MOST} people at most.")
    known = {account.handle: account for account in await _accounts(session, handles)}
    unknown = sorted(handles - known.keys())
    if unknown:
        names = ", ".join(f"@{handle}" for handle in unknown)
        raise _refusal(
            "unknown_handle",
            f"Personne ne s’appelle {names} : corrigez, ou enlevez le @. GET /v1/accounts?handle_prefix= cherche.",
            f"Nobody is called {names}: correct it, or leave out the @. GET /v1/accounts?handle_prefix= looks it up.",
        )
    return [Mention(start, end, known[handle]) for start, end, handle in found]


def mentioned(stored: Sequence[dict[str, Any]]) -> list[UUID]:
    """The accounts that a comment mentions, each once, in their order."""
    return list(dict.fromkeys(UUID(each["account_id"]) for each in stored))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    for each in _MENTION.finditer(text):
        yield each.start(), each.end(), each.group(1).lower()


async def _accounts(session: AsyncSession, handles: set[str]) -> Sequence[Account]:
    wanted = [handle for handle in handles if SHORTEST <= len(handle) <= LONGEST]
    if not wanted:
        return []
    # Held, so that nobody is erased before the mention is there to be seen. Whoever is being erased is left out: the
    # listing is locked, so that to wait for them might be to wait for each other.
    held = (
        select(Account)
        .where(Account.handle.in_(wanted), *SHOWN)
        .with_for_update(read=True, key_share=True, skip_locked=True)
    )
    return (await session.scalars(held)).all()


def _refusal(code: str, fr: str, en: str) -> InvalidError:
    said = Label(fr, en)
    return InvalidError(said, errors=(FieldError("/text", code, said),))
