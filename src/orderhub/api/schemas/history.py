"""What happened to an order or a quote, as it is read: shared by both."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pydantic import ConfigDict

from orderhub.api.schemas.base import Instant, Ordinal, Output, PageOut
from orderhub.api.schemas.process_codes import Actor
from orderhub.domain.transitions.models import History


class Happened(Output):
    """One thing that happened."""

    model_config = ConfigDict(populate_by_name=True)

    version: Ordinal
    by: Actor
    at: Instant


H = TypeVar("H", bound=Happened)


def show_history(
    entry: type[H], rows: Sequence[History], limit: int, said: Callable[[History], dict[str, Any]]
) -> PageOut[H]:
    """A page from rows that were read with one more than ``limit``; ``said`` is what its reader may see."""
    shown = [
        entry.model_validate(
            {
                "version": row.version,
                "action": row.action,
                "from": row.from_status or None,
                "to": row.to_status,
                "by": row.by,
                "at": row.at,
                "said": said(row),
            }
        )
        for row in rows[:limit]
    ]
    return PageOut(data=shown, next_cursor=str(rows[limit - 1].version) if len(rows) > limit else None)
