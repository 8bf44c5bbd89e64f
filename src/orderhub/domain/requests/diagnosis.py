"""Why a locking statement brought no row, found out in a fresh statement; and the replay of a key."""

from typing import Final

from sqlalchemy import Text, Uuid, bindparam, select, update

from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.requests.conditions import SIGNED_OUT, session_alive
from orderhub.infra.database import Database, Statement
from orderhub.infra.idempotency import (
    ERASED,
    AlreadyDoneError,
    IdempotencyKey,
    KeyInUseError,
    KeyReusedError,
    try_claim,
)
from orderhub.kit.errors import UnauthenticatedError

_ALIVE: Final = Statement(select(session_alive().label("alive")))
_FREE: Final = Statement(select(try_claim().label("free")))
_REPLAY: Final = Statement(
    update(IdempotencyKey)
    .where(
        IdempotencyKey.account_id == bindparam("account_id", type_=Uuid()),
        IdempotencyKey.operation == bindparam("operation", type_=Text()),
        IdempotencyKey.key == bindparam("key", type_=Text()),
    )
    .values(replays=IdempotencyKey.replays + 1)
    .returning(IdempotencyKey.request_hash, IdempotencyKey.status, IdempotencyKey.body, IdempotencyKey.headers)
)


async def require_alive(database: Database, caller: Caller) -> None:
    """Raises UnauthenticatedError when the caller's session was signed out."""
    row = await database.row(_ALIVE, caller.values())
    if row is None or not row["alive"]:
        raise UnauthenticatedError(SIGNED_OUT)


async def replay(database: Database, caller: Caller) -> Answer | None:
    """The stored answer of this key, or None when there is none.

    It commits a write, so that on a synchronous standby its acknowledgement means what the first one
    meant. Raises KeyReusedError for another body, AlreadyDoneError where the answer was erased.
    """
    if caller.key is None:
        return None
    row = await database.row(_REPLAY, caller.values())
    if row is None:
        return None
    if row["request_hash"] != caller.key.request_hash:
        raise KeyReusedError
    if row["status"] == ERASED:
        raise AlreadyDoneError
    return Answer(row["status"], row["body"], row["headers"], replayed=True)


async def answered_before(database: Database, caller: Caller) -> Answer | None:
    """The stored answer of this key, for who is still signed in; None when there is none.

    Asked before anything is looked up that the request's body names: it may have changed since the first
    answer. Raises UnauthenticatedError, KeyReusedError.
    """
    await require_alive(database, caller)
    return await replay(database, caller)


async def replay_or_free(database: Database, caller: Caller) -> Answer | None:
    """The stored answer of this key, or None when no request has it. Raises KeyInUseError while one still runs.

    A key whose request has ended is answered whoever else is about to be answered the same.
    """
    found = await replay(database, caller)
    if found is not None or caller.key is None:
        return found
    row = await database.row(_FREE, caller.values())
    found = await replay(database, caller)  # whoever had it may have ended in between
    if found is None and not (row and row["free"]):
        raise KeyInUseError
    return found
