"""Storing an answer under its key, in the statement or the session of its effect."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, LargeBinary, SmallInteger, Text, Uuid, bindparam, insert, select
from sqlalchemy.dialects.postgresql import JSONB

from orderhub.domain.requests.caller import Answer, Caller
from orderhub.infra.changes import Step
from orderhub.infra.idempotency import IdempotencyKey


def kept(caller: Caller, answer: Answer) -> dict[str, Any]:
    """The row that stores the answer under the caller's key, for cold paths."""
    key = caller.key
    assert key is not None  # noqa: S101 - asked for only with a key
    return {
        "account_id": caller.account_id,
        "operation": key.operation,
        "key": key.key,
        "request_hash": key.request_hash,
        "status": answer.status,
        "body": answer.body,
        "headers": dict(answer.headers),
    }


def remember(caller: Caller, answer: Answer) -> Step:
    """The step that stores the answer under the caller's key."""
    values = {f"k_{name}": value for name, value in kept(caller, answer).items()}
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
