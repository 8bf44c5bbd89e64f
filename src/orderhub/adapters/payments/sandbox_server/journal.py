"""The provider's memory, and the file that lets it survive a restart.

The file is a journal: each change is one appended line, a JSON array of the records that it replaced,
written by one system call. A line torn by a kill is dropped on the next start, so a change is there
whole or not at all. Starting rewrites the file with the newest records only, by an atomic rename.
"""

import fcntl
import os
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

import msgspec

from orderhub.adapters.payments.sandbox_server.records import Record

R = TypeVar("R", bound=Record)

_LOCK_PATIENCE = 5.0
"""Seconds to wait for a former server to let go of the file: it may still be stopping."""


class JournalInUseError(Exception):
    """Another sandbox server is running on the same state file."""


class Journal:
    """Records by id, in the order in which they were first put; on disk too when given a path."""

    def __init__(self, path: Path | None = None, *, patience: float = _LOCK_PATIENCE) -> None:
        self._records: dict[str, Record] = {}
        self._changed: list[Record] = []
        self._depth = 0
        self._file: int | None = None
        self._lock: int | None = None
        if path is not None:
            self._open(path, patience)

    def get(self, kind: type[R], record_id: str) -> R | None:
        """The record of this kind and id."""
        found = self._records.get(record_id)
        return found if isinstance(found, kind) else None

    def all(self, kind: type[R]) -> list[R]:
        """All records of a kind, oldest first."""
        return [record for record in self._records.values() if isinstance(record, kind)]

    def put(self, record: R) -> R:
        """Add or replace a record; within `change`."""
        if not self._depth:
            message = "a record is put outside of change()"
            raise RuntimeError(message)
        self._records[record.id] = record
        self._changed.append(record)
        return record

    @contextmanager
    def change(self) -> Generator[None]:
        """Everything put within becomes one line of the file, also when it ends in a refusal."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self._write()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; nothing is written any more."""
        for descriptor in (self._file, self._lock):
            if descriptor is not None:
                os.close(descriptor)
        self._file = self._lock = None

    def _write(self) -> None:
        changed, self._changed = self._changed, []
        if changed and self._file is not None:
            os.write(self._file, _line(changed))

    def _open(self, path: Path, patience: float) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(path.with_name(f"{path.name}.lock"), patience)
        for record in _read(path):
            self._records[record.id] = record
        _rewrite(path, list(self._records.values()))
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND)


def _line(records: list[Record]) -> bytes:
    return msgspec.json.encode(records) + b"\n"


def _read(path: Path) -> Iterator[Record]:
    if not path.exists():
        return
    decoder = msgspec.json.Decoder(list[Record])
    for line in path.read_bytes().splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield from decoder.decode(line)


def _rewrite(path: Path, records: list[Record]) -> None:
    fresh = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        if records:
            file.write(_line(records))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _locked(path: Path, patience: float) -> int:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    last_try = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > last_try:
                os.close(descriptor)
                message = f"another sandbox provider is using {path.with_suffix('')}"
                raise JournalInUseError(message) from None
            time.sleep(0.05)
        else:
            return descriptor
