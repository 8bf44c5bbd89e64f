"""What may be asked of a quote: one body per action, told apart by ``action``."""

from typing import Annotated, Literal

from pydantic import Field

from orderhub.api.schemas.base import Input, Note


class PlainQuoteAction(Input):
    """An action that needs nothing more."""

    action: Literal["take", "issue", "decline", "renew", "cancel"]


class AcceptQuote(Input):
    """The buyer agrees to the version that they looked at: the order is placed with it."""

    action: Literal["accept"]
    version: Annotated[int, Field(ge=1, le=10_000, description="`current.n` of the quote as it was shown.")]


class AskChanges(Input):
    """The buyer wants another version."""

    action: Literal["ask_changes"]
    message: Note


class EndQuote(Input):
    """Staff withdraw an issued proforma, or reject a request."""

    action: Literal["withdraw", "reject"]
    reason: Note


QuoteAction = Annotated[PlainQuoteAction | AcceptQuote | AskChanges | EndQuote, Field(discriminator="action")]
