"""Whether the reader may do something, and why not."""

from typing import Annotated, Self

from pydantic import Field

from orderhub.api.schemas.base import Output
from orderhub.api.schemas.codes import Codes
from orderhub.domain.orders.allowances import OVER, REPORT, Refusal, Silence, Unreviewed
from orderhub.domain.orders.kinds import KINDS
from orderhub.kit.text import Language

AllowanceCode = Annotated[
    str,
    Codes(
        "AllowanceCode",
        "Why the reader may not review, write or report now.",
        lambda: (
            *Silence,
            *Unreviewed,
            OVER,
            *(
                code
                for kind in KINDS.values()
                for row in kind.table.rows
                if row.action == REPORT and row.guard
                for code in row.guard.codes
            ),
        ),
    ),
]


class AllowanceOut(Output):
    """Whether the reader may do this now, and why not."""

    allowed: bool
    code: Annotated[
        AllowanceCode | None,
        Field(description="Of the refusal that trying would meet, or of a condition that is attached; else null."),
    ]
    reason: Annotated[str | None, Field(max_length=300, description="For the reader; null when it is simply allowed.")]

    @classmethod
    def of(cls, refusal: Refusal | None, language: Language, *, allowed: bool = False) -> Self:
        """The answer to a question that refuses so, or is ``allowed`` on that condition."""
        if refusal is None:
            return cls(allowed=True, code=None, reason=None)
        return cls(allowed=allowed, code=refusal.code, reason=refusal.reason.within(language))
