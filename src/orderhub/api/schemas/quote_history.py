"""What happened to a quote."""

from typing import Annotated

from pydantic import MISSING, Field

from orderhub.api.schemas.base import LineId, Note, Ordinal, Output
from orderhub.api.schemas.carts import MAX_LINES, FindingCode
from orderhub.api.schemas.history import Happened
from orderhub.api.schemas.process_codes import QuoteStatus, QuoteTransitionName


class LeftOutOut(Output):
    """A line of the cart that can't be quoted, and why."""

    id: LineId
    name: Annotated[str, Field(max_length=200)]
    code: FindingCode


class QuoteSaid(Output):
    """What was said with a change of a quote, whichever: the document has a form for each action, made of its rows."""

    message: Annotated[Note, Field(description="What to change.")] | MISSING = MISSING
    reason: Note | MISSING = MISSING
    version: Annotated[Ordinal, Field(description="The issued version that it is about.")] | MISSING = MISSING
    number: Annotated[str, Field(max_length=20, examples=["PF-2026-000123"])] | MISSING = MISSING
    left_out: Annotated[list[LeftOutOut], Field(max_length=MAX_LINES)] | MISSING = MISSING


class QuoteHistoryOut(Happened):
    """One thing that happened to a quote; ``from`` null asked for it."""

    action: QuoteTransitionName
    from_status: Annotated[QuoteStatus | None, Field(alias="from")]
    to_status: Annotated[QuoteStatus, Field(alias="to")]
    said: QuoteSaid
