"""Idempotency keys: the same key and body get the same answer, another body gets none."""

import hashlib
from collections.abc import Callable, Mapping

import msgspec
from msgspec import Struct

from orderhub.adapters.payments.sandbox_server.errors import SandboxError, refused
from orderhub.adapters.payments.sandbox_server.journal import Journal
from orderhub.adapters.payments.sandbox_server.records import Answer


class Answers:
    """What was answered under each key; refusals are not kept but decided anew."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def once(
        self,
        operation: str,
        key: str | None,
        body: Struct,
        act: Callable[[], Mapping[str, object]],
    ) -> tuple[Answer, bool]:
        """The answer to this request, and whether it is a repetition."""
        if not key:
            raise SandboxError(400, "idempotency_key_required", "Send an Idempotency-Key.")
        fingerprint = hashlib.sha256(msgspec.json.encode(body, order="deterministic")).hexdigest()
        known = self._journal.get(Answer, f"{operation} {key}")
        if known is None:
            text = msgspec.json.encode(act()).decode()
            answer = Answer(id=f"{operation} {key}", fingerprint=fingerprint, status=201, body=text)
            return self._journal.put(answer), False
        if known.fingerprint != fingerprint:
            raise refused("idempotency_key_reused", "This key came with another body before.")
        return known, True
