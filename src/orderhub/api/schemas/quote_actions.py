"""What may be asked of a quote: one body per action, told apart by ``action``."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from orderhub.api.schemas.base import Input, Note


class TakeQuote(Input):
    """Staff have it in hand."""

    action: Literal["take"]


class IssueQuote(Input):
    """Staff publish the draft as the next version."""

    action: Literal["issue"]


class AcceptQuote(Input):
    """The buyer agrees to the version that they looked at: the order is placed with it."""

    action: Literal["accept"]
    version: Annotated[int, Field(ge=1, le=10_000, description="`current.n` of the quote as it was shown.")]


class DeclineQuote(Input):
    """The buyer does not want what was issued."""

    action: Literal["decline"]


class AskChanges(Input):
    """The buyer wants another version."""

    action: Literal["ask_changes"]
    message: Note


class WithdrawQuote(Input):
    """Staff withdraw an issued proforma."""

    action: Literal["withdraw"]
    reason: Note


class RenewQuote(Input):
    """An expired quote is prepared anew."""

    action: Literal["renew"]


class CancelQuote(Input):
    """The buyer no longer asks for it."""

    action: Literal["cancel"]


class RejectQuote(Input):
    """Staff reject a request."""

    action: Literal["reject"]
    reason: Note


_ANY = Annotated[
    TakeQuote
    | IssueQuote
    | AcceptQuote
    | DeclineQuote
    | AskChanges
    | WithdrawQuote
    | RenewQuote
    | CancelQuote
    | RejectQuote,
    Field(discriminator="action"),
]
if TYPE_CHECKING:
    QuoteAction = _ANY
else:
    QuoteAction = TypeAliasType("QuoteAction", _ANY)
