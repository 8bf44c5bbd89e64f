"""What a caller asks, and what they get: an answer that can be repeated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from orderhub.infra.idempotency import claim_text


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key with what it stands for."""

    operation: str
    key: str
    request_hash: bytes


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: an account through one of its sessions; with which key, where one came along."""

    account_id: UUID
    session_id: UUID
    roles: frozenset[str]
    key: Key | None = None

    def values(self) -> dict[str, Any]:
        """The parameters of the locking statements."""
        values: dict[str, Any] = {
            "account_id": self.account_id,
            "session_id": self.session_id,
            "staff": bool(self.roles),
        }
        if self.key is not None:
            claim = claim_text(self.account_id, self.key.operation, self.key.key)
            values |= {"operation": self.key.operation, "key": self.key.key, "claim": claim}
        return values


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: the body as bytes, and the headers that belong to it."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    replayed: bool = False
