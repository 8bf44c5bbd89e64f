"""Which files outlive their owner: those that belong to somebody else by then, or to the books.

A package above registers what it keeps when it is imported, so that this one needs to know none of them::

    @keeps_files
    def delivered_by(account_id: UUID) -> Select[UUID]: ...
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import Select

Keep = Callable[[UUID], Select[UUID]]
"""The ids of the files of an account that are kept when it is erased."""

_kept: dict[str, Keep] = {}


def keeps_files(keep: Keep) -> Keep:
    """Register what a package keeps."""
    _kept[f"{keep.__module__}.{getattr(keep, '__qualname__', keep)}"] = keep
    return keep


def kept_of(account_id: UUID) -> Sequence[Select[UUID]]:
    """What each package keeps of an account's files."""
    return [keep(account_id) for keep in _kept.values()]
