"""Idempotency keys: the answer of an acknowledged request, stored in the transaction of its effect.

A key belongs to one account and one operation and is kept for seven days. Refusals are not stored.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, SmallInteger, bindparam, func, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.functions import Function

from orderhub.infra.database import Base
from orderhub.kit.errors import ConflictError, InvalidError, MalformedError
from orderhub.kit.text import Label

KEPT = timedelta(days=7)
ERASED = 410
"""Stands as the status of an answer that is kept no more: it spoke of somebody who was erased since."""


class IdempotencyKey(Base):
    """One acknowledged request."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_created_at", "created_at"),)

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(primary_key=True)
    """Method and path, such as ``POST /v1/orders/ord_…/transitions``."""
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of what the request said."""
    status: Mapped[int] = mapped_column(SmallInteger)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    headers: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    """Answer headers worth repeating: ``ETag``, ``Location``."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    replays: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    """A replay also commits a write, so that its acknowledgement means what the first one meant."""


def try_claim() -> Function[bool]:
    """Take the key until the transaction ends; false while another request runs with it.

    Parameter ``claim``: account, operation and key in one text.
    """
    return func.pg_try_advisory_xact_lock(func.hashtextextended(bindparam("claim"), 0))


def claim_text(account_id: UUID, operation: str, key: str) -> str:
    """The text that `try_claim` locks on."""
    return f"{account_id.hex} {operation} {key}"


_DONE: Final = Label(
    "C’est déjà fait, et la réponse n’est plus gardée.", "This was done before, and what it answered is kept no more."
)


class KeyInUseError(ConflictError):
    """The first request with this Idempotency-Key still runs."""

    code = "idempotency_key_in_use"
    title = Label("Requête identique en cours", "The same request is still running")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "La première requête avec cette Idempotency-Key est encore en cours. Réessayez.",
                "The first request with this Idempotency-Key is still running. Try again.",
            ),
            retry_after=1,
        )


class KeyReusedError(InvalidError):
    """The Idempotency-Key came before with another body."""

    code = "idempotency_key_reused"
    title = Label("Clé d’idempotence déjà utilisée", "Idempotency key used for another request")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Cette Idempotency-Key est déjà venue avec un autre corps. Prenez-en une autre pour une autre requête.",
                "This Idempotency-Key came before with another body. Use a new key for a new request.",
            )
        )


class AlreadyDoneError(ConflictError):
    """Done before with this key; what was answered is not kept."""

    code = "already_done"
    title = Label("Déjà fait", "Already done")

    def __init__(self, detail: Label = _DONE) -> None:
        super().__init__(detail)


class KeyRequiredError(MalformedError):
    """The operation needs an Idempotency-Key, and none came."""

    code = "idempotency_key_required"
    title = Label("Clé d’idempotence requise", "Idempotency key required")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Envoyez un en-tête Idempotency-Key : un nouveau texte au hasard pour chaque nouvelle requête.",
                "Send an Idempotency-Key header: a new random text for each new request.",
            )
        )
