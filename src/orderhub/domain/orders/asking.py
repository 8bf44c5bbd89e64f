"""What a caller asks of the engine, and what they get: an answer that can be repeated."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, LargeBinary, SmallInteger, Text, Uuid, bindparam, insert, select
from sqlalchemy.dialects.postgresql import JSONB

from orderhub.domain.orders.loading import Loaded
from orderhub.domain.process import Actor
from orderhub.infra.changes import Step
from orderhub.infra.idempotency import IdempotencyKey, claim_text


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key with what it stands for."""

    operation: str
    key: str
    request_hash: bytes


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, through which session, with which key."""

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


Render = Callable[[Loaded, Actor], bytes]
"""Makes the body of an answer from the order as it will be."""


def kept(asker: Asker, answer: Answer) -> dict[str, Any]:
    """The row that stores the answer under the asker's key, for cold paths."""
    key = asker.key
    assert key is not None  # noqa: S101 - asked for only with a key
    return {
        "account_id": asker.account_id,
        "operation": key.operation,
        "key": key.key,
        "request_hash": key.request_hash,
        "status": answer.status,
        "body": answer.body,
        "headers": dict(answer.headers),
    }


def remember(asker: Asker, answer: Answer) -> Step:
    """The step that stores the answer under the asker's key."""
    values = {f"k_{name}": value for name, value in kept(asker, answer).items()}
    return Step("remember", _insert_key, values)


def _insert_key(moved: CTE) -> Sequence[CTE]:
    columns = {
        "account_id": bindparam("k_account_id", type_=Uuid()),
        "operation": bindparam("k_operation", type_=Text()),
        "key": bindparam("k_key", type_=Text()),
        "request_hash": bindparam("k_request_hash", type_=LargeBinary()),
        "status": bindparam("k_status", type_=SmallInteger()),
        "body": bindparam("k_body", type_=LargeBinary()),
        "headers": bindparam("k_headers", type_=JSONB()),
    }
    values = select(*(value.label(name) for name, value in columns.items())).select_from(moved)
    return (insert(IdempotencyKey).from_select(list(columns), values).returning(IdempotencyKey.key).cte("remembered"),)
