"""What must hold for a caller's statement to bring a row: the session lives, the key is free and unused."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Text, Uuid, bindparam, exists, select

from orderhub.domain.accounts.models import SignInSession
from orderhub.infra.idempotency import IdempotencyKey, try_claim
from orderhub.kit.text import Label

SIGNED_OUT: Final = Label(
    "Cette session a été fermée, ou cette clé de boutique révoquée. Reconnectez-vous, ou utilisez une autre clé.",
    "This session was signed out, or this key of a shop revoked. Sign in again, or use another key.",
)
"""What to do where `session_alive` doesn't hold; a key has a session, too."""


def session_alive() -> ColumnElement[bool]:
    """The caller's session is one of the caller's account, and not signed out.

    Parameters ``session_id``, ``account_id``.
    """
    return exists().where(
        SignInSession.id == bindparam("session_id", type_=Uuid()),
        SignInSession.account_id == bindparam("account_id", type_=Uuid()),
        SignInSession.revoked_at.is_(None),
    )


def with_key(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The statement for a request with a key: claims it, and brings nothing where it was acknowledged before.

    Parameters ``claim``, ``account_id``, ``operation``, ``key``.
    """
    claimed = select(try_claim().label("free")).cte("claimed")
    unused = ~exists().where(
        IdempotencyKey.account_id == bindparam("account_id", type_=Uuid()),
        IdempotencyKey.operation == bindparam("operation", type_=Text()),
        IdempotencyKey.key == bindparam("key", type_=Text()),
    )
    return statement.join(claimed, claimed.c.free).where(unused)
