"""What may be asked of an order: one body per action, told apart by ``action``."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from orderhub.api.schemas.base import FileId, Input, Instant, MoneyIn, Note, OptionId, Text
from orderhub.api.schemas.sourced_actions import Arrange, IssueFinalInvoice, SourcedAction
from orderhub.domain.orders.guards import MAX_EXTENSION_DAYS
from orderhub.kit.ids import show_id

Reason = Annotated[str, Text(1000, lines=True, examples=["Le client a changé d’avis sur le format."])]


class AnswerIn(Input):
    """An answer to one of the listing's questions: exactly one of text, choice and file."""

    question_id: Annotated[str, Text(60, examples=["q1"])]
    text: Note | None = None
    choice: Annotated[str, Text(200)] | None = None
    file_id: FileId | None = None

    def kept(self) -> dict[str, Any]:
        """The answer as it is stored."""
        kept: dict[str, Any] = {"question_id": self.question_id}
        if self.text is not None:
            kept["text"] = self.text
        if self.choice is not None:
            kept["choice"] = self.choice
        if self.file_id is not None:
            kept["file_id"] = show_id("fil", self.file_id)
        return kept


class Plain(Input):
    """An action that needs nothing more."""

    action: Literal[
        "accept",
        "withdraw_cancellation",
        "accept_cancellation",
        "accept_extension",
        "decline_extension",
        "approve",
        "accept_revision",
        "withdraw_dispute",
        "accept_change",
        "decline_change",
        "ship_to_hub",
        "confirm_receipt",
    ]


class Cancel(Input):
    """Cancel the order; a seller gives a reason."""

    action: Literal["cancel"]
    reason: Reason | None = None


class RequestCancellation(Input):
    """Ask the seller to cancel by agreement."""

    action: Literal["request_cancellation"]
    reason: Reason | None = None


class WithReason(Input):
    """An action that says why."""

    action: Literal["decline", "decline_cancellation", "decline_revision", "open_dispute", "report_problem"]
    reason: Reason


class WithMessage(Input):
    """An action that says what: what is missing, or what to change."""

    action: Literal["ask_instructions", "request_revision"]
    message: Note


class ProvideInstructions(Input):
    """The buyer answers the seller's questions; with none to answer, says so with an empty list."""

    action: Literal["provide_instructions"]
    answers: Annotated[list[AnswerIn], Field(max_length=50)]


class Deliver(Input):
    """The seller delivers: a message, files, or both."""

    action: Literal["deliver"]
    message: Note | None = None
    files: Annotated[list[FileId], Field(max_length=20)] = []


class AddExtra(Input):
    """The buyer adds an option of the listing; it counts once it is paid."""

    action: Literal["add_extra"]
    option_id: OptionId


class RequestExtension(Input):
    """The seller asks for more days."""

    action: Literal["request_extension"]
    days: Annotated[int, Field(ge=1, le=MAX_EXTENSION_DAYS)]
    reason: Reason | None = None


class RefundPart(Input):
    """The seller gives back a part of what is held."""

    action: Literal["refund_part"]
    amount: MoneyIn
    reason: Reason | None = None


class Rule(Input):
    """Staff decide a dispute, one way."""

    action: Literal["rule_refund", "rule_release"]
    decision: Note


class RuleSplit(Input):
    """Staff decide a dispute: refund ``amount``, release the rest."""

    action: Literal["rule_split"]
    decision: Note
    amount: MoneyIn


class Resume(Input):
    """Staff let the order go on: a service until a new due date, a sourced order where it was."""

    action: Literal["resume"]
    due_at: Instant | None = None


class CloseCase(Input):
    """Support close a reported problem."""

    action: Literal["close_case"]
    resolution: Note


OrderAction = Annotated[
    Plain
    | Cancel
    | RequestCancellation
    | WithReason
    | WithMessage
    | ProvideInstructions
    | Deliver
    | AddExtra
    | RequestExtension
    | RefundPart
    | Rule
    | RuleSplit
    | Resume
    | CloseCase
    | SourcedAction,
    Field(discriminator="action"),
]


def command_of(body: OrderAction) -> dict[str, Any]:
    """The action's fields as the engine takes them."""
    fields = body.model_dump(exclude={"action"})
    if isinstance(body, ProvideInstructions):
        fields["answers"] = [answer.kept() for answer in body.answers]
    if isinstance(body, Resume):
        fields["due_at"] = body.due_at  # dumped it would be a text
    if isinstance(body, Deliver):
        fields["files"] = list(body.files)  # likewise
    if isinstance(body, Arrange):
        fields["appointment"] = body.appointment  # likewise
    if isinstance(body, IssueFinalInvoice):
        return body.command()
    return fields


def files_of(answers: Sequence[AnswerIn]) -> list[UUID]:
    """The uploads that answers name."""
    return [answer.file_id for answer in answers if answer.file_id is not None]
