"""Lists of orders for their parties and for staff: one statement, one round trip, keyset."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, between
from orderhub.domain.files.photos import PhotoLinks, photo_in
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.money import net
from orderhub.domain.orders.presentation import show_words
from orderhub.domain.overviews.order_filters import Filters, OrderSort, chosen
from orderhub.domain.overviews.order_pages import Shape, page_statement
from orderhub.infra.database import Database
from orderhub.kit.clock import real_now, show_instant
from orderhub.kit.ids import parse_id, show_id
from orderhub.kit.pages import PageByInstant, PageRequest, write_cursor, write_instant_cursor
from orderhub.kit.text import Language

_LAST_ID: Final = UUID(int=2**128 - 1)
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_SEARCHED: Final = 1000
"""Rows of a search that are read once some of them turn out to be found by what is masked."""
_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
"""What the database's ``unaccent`` writes for letters that Unicode doesn't take apart."""
EMPTY: Final[dict[str, Any]] = {"data": [], "next_cursor": None}
"""The page that lists nothing."""


async def page_of(  # noqa: PLR0913, PLR0917 - whose orders, which page, how narrowed and shown
    database: Database,
    account_id: UUID,
    session_id: UUID,
    page: PageRequest,
    filters: Filters,
    language: Language,
    photos: PhotoLinks,
) -> dict[str, Any] | None:
    """A page of summaries; None when it is empty, which may also mean a dead session.

    A `PageByInstant` is sorted by the next deadline, any other page newest first. Raises InvalidError for filters
    that list nothing beside each other.
    """
    shape, values = _asked(page, filters)
    values |= {"account_id": account_id, "session_id": session_id, "limit": page.limit + 1}
    rows = await database.rows(page_statement(shape), values)
    if not rows:
        return None
    shown = _shown(rows, account_id, language, photos, filters.q)
    if len(shown) < len(rows):
        rows = await database.rows(page_statement(shape), values | {"limit": _MOST_SEARCHED})
        shown = _shown(rows, account_id, language, photos, filters.q)
    last = shown[page.limit - 1][0] if len(shown) > page.limit else None
    if last is None and len(rows) == _MOST_SEARCHED:
        last = rows[-1]
    return {
        "data": [summary for _, summary in shown[: page.limit]],
        "next_cursor": None if last is None else _cursor(shape.sort, last),
    }


def _shown(
    rows: Sequence[Any], me: UUID, language: Language, photos: PhotoLinks, words: str | None
) -> list[tuple[Any, dict[str, Any]]]:
    """The rows with their summaries, but those that a search found by what is masked in a title: it tells nothing."""
    summaries = ((row, _summary(row, me, language, photos)) for row in rows)
    return [(row, summary) for row, summary in summaries if words is None or _is_seen(row, summary, words)]


def _asked(page: PageRequest, filters: Filters) -> tuple[Shape, dict[str, Any]]:
    standings = chosen(filters)
    dates = (filters.placed_from, filters.placed_until)
    shape = Shape(
        filters.role,
        OrderSort.NEXT_DEADLINE if isinstance(page, PageByInstant) else OrderSort.NEWEST,
        narrowed=standings is not None or filters.late is not None or dates != (None, None),
        awaited=filters.waits_for is not None,
        searched=filters.q is not None,
    )
    values: dict[str, Any] = {"after": page.after or _LAST_ID}
    if isinstance(page, PageByInstant):
        values |= {"dated": page.after is None or page.at is not None, "at": page.at or _BEGINNING}
    if shape.narrowed:
        values |= {"standings": standings, "late": filters.late, "now": real_now()}
        values |= {"placed_from": filters.placed_from, "placed_until": filters.placed_until}
    if filters.q is not None:
        values |= {"words": filters.q, "named": parse_id("ord", filters.q.lower()), "number": filters.q.upper()}
    return shape, values


def _cursor(sort: OrderSort, row: Any) -> str:
    return write_cursor(row["id"]) if sort is OrderSort.NEWEST else write_instant_cursor(row["next_due"], row["id"])


def _is_seen(row: Any, summary: dict[str, Any], words: str) -> bool:
    """Whether what was searched for is in what the reader sees, or names the order."""
    if row["named"] or summary["title"] == row["title"]:
        return True
    needle = _folded(words)
    return needle in _folded(summary["title"]) or needle in row["other_handle"]


def _folded(text: str) -> str:
    """Without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(each for each in plain if not unicodedata.combining(each))


def _summary(row: Any, me: UUID, language: Language, photos: PhotoLinks) -> dict[str, Any]:
    kind, status, total, currency = KINDS[row["kind"]], row["status"], row["total"], row["currency"]
    bought = row["buyer_id"] == me
    stage = kind.stage(row["resume_status"] or status)
    earned = net(total, row["fee"], row["shipping"], row["commission_basis_points"])
    between_us = between((row["my_country"], row["other_country"]), paid=row["paid_at"] is not None)
    words = AS_WRITTEN if HOUSE_ID in (row["other_id"], me) else between_us
    return {
        "id": show_id("ord", row["id"]),
        "kind": row["kind"],
        "version": row["version"],
        **show_words(row["kind"], status, stage, language),
        "disputed": status in kind.disputed,
        "late": status in kind.late and _has_passed(row["due_at"], row["ahead"]),
        "title": words.text(row["title"]) if bought else row["title"],
        "photo": photos.show_any(photo_in(row, "photo")),
        "conversation_id": show_id("cnv", row["conversation_id"]),
        "role": "buyer" if bought else "seller",
        "other_party": {
            "id": show_id("acc", row["other_id"]),
            "handle": row["other_handle"],
            "display_name": words.text(row["other_name"]),
            "photo": photos.show_any(photo_in(row, "other_photo")),
        },
        "amount": {"amount": total if bought else earned, "currency": currency},
        "unread": row["unread"],
        "next_deadline": show_instant(row["next_due"]) if row["next_due"] else None,
        "due_at": show_instant(row["due_at"]) if row["due_at"] else None,
        "placed_at": show_instant(row["placed_at"]),
    }


def _has_passed(due_at: datetime | None, offset: Any) -> bool:
    return due_at is not None and real_now() + offset > due_at
