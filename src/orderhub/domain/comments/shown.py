"""A comment as one person sees it: its author as written, staff whole, everybody else masked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from orderhub.domain.accounts.models import Account
from orderhub.domain.comments.models import Comment
from orderhub.domain.contact_details import masking
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text for one person, the kinds of what readers don't see of it, and why."""

    text: str
    masked: Sequence[str]
    notice: Label | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: nobody in particular, somebody, or somebody of the staff."""

    account_id: UUID | None = None
    is_staff: bool = False


ANYBODY = Reader()


def text_for(comment: Comment, reader: Reader) -> ShownText:
    """What a reader sees of a comment. It is public: what is masked stays so, whoever has paid whom."""
    spans = masking.read_spans(comment.spans)
    if not spans:
        return ShownText(comment.text, [], None)
    kinds = sorted({span.kind.value for span in spans})
    if reader.account_id == comment.author_id:
        return ShownText(comment.text, kinds, masking.WHY_SENDER)
    if reader.is_staff:
        return ShownText(comment.text, kinds, masking.WHY_READER)
    return ShownText(masking.masked(comment.text, spans), kinds, masking.WHY_READER)


def public_form(comment: Comment, author: Account) -> dict[str, Any]:
    """The comment in its events: alike for all who read it, so masked for all."""
    shown = text_for(comment, ANYBODY)
    return {
        "comment": {
            "id": show_id("cmt", comment.id),
            "listing_id": show_id("lst", comment.listing_id),
            "parent_id": comment.parent_id and show_id("cmt", comment.parent_id),
            "author": {"id": show_id("acc", author.id), "handle": author.handle},
            "text": shown.text,
            "masked": list(shown.masked),
            "written_at": show_instant(comment.written_at),
        }
    }
