"""A service order at the edge: how it is placed, the actions that only it has, and what only its reader sees."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from orderhub.api.schemas.base import (
    ExtraId,
    FileId,
    Input,
    Instant,
    ListingId,
    MoneyAboveZero,
    MoneyIn,
    MoneyOut,
    Note,
    Omittable,
    OptionId,
    Output,
    Text,
)
from orderhub.api.schemas.orders.action import OrderActionBody, Preparation
from orderhub.api.schemas.orders.common import PendingRequestOut, Reason
from orderhub.api.schemas.orders.placing import PlacingBody
from orderhub.domain.files.queries import own_files
from orderhub.domain.orders.kinds.service.extras import option_of
from orderhub.domain.orders.kinds.service.guards import MAX_EXTENSION_DAYS
from orderhub.domain.orders.kinds.service.placing import ServiceOrder
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id


class AnswerIn(Input):
    """An answer to one of the listing's questions: exactly one of text, choice and file."""

    question_id: Annotated[str, Text(60, examples=["q1"])]
    text: Omittable[Note] = None
    choice: Omittable[Annotated[str, Text(200)]] = None
    file_id: Omittable[FileId] = None

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


def files_of(answers: Sequence[AnswerIn]) -> list[UUID]:
    """The uploads that answers name."""
    return [answer.file_id for answer in answers if answer.file_id is not None]


class PlaceServiceOrder(PlacingBody):
    """Buy a service with some of its options. Answers may come now or after the payment."""

    kind: Literal["service"]
    listing_id: ListingId
    options: Annotated[list[OptionId], Field(max_length=50)] = []
    answers: Annotated[list[AnswerIn], Field(max_length=50)] = []
    expected_total: Annotated[
        Omittable[MoneyIn],
        Field(description="What it cost when looked at; another price is a 409 with the new one."),
    ] = None

    def looks_up(self) -> bool:
        """Whether answers name files, which have to be looked up."""
        return bool(files_of(self.answers))

    async def prepare(self, database: Database, account_id: UUID) -> ServiceOrder:
        """What to place. Raises FileUnusableError for an answer's file that the caller did not upload."""
        files = files_of(self.answers)
        if files:
            async with database.session() as session:
                await own_files(session, files, owner_id=account_id, pointer="/answers")
        return ServiceOrder(
            self.listing_id,
            self.options,
            [answer.kept() for answer in self.answers],
            expected_total=self.expected_total.model_dump() if self.expected_total else None,
        )


class SimpleServiceAction(OrderActionBody):
    """An action that needs nothing more."""

    action: Literal["accept", "accept_extension", "decline_extension", "accept_revision"]


class ReasonedServiceAction(OrderActionBody):
    """An action that says why."""

    action: Literal["decline", "decline_revision"]
    reason: Reason


class ExplainedServiceAction(OrderActionBody):
    """An action that says what: what is missing, or what to change."""

    action: Literal["ask_instructions", "request_revision"]
    message: Note


class ProvideInstructions(OrderActionBody):
    """The buyer answers the seller's questions; with none to answer, says so with an empty list."""

    action: Literal["provide_instructions"]
    answers: Annotated[list[AnswerIn], Field(max_length=50)]

    def command(self) -> dict[str, Any]:
        """The answers as they are stored."""
        return {"answers": [answer.kept() for answer in self.answers]}

    def looks_up(self) -> bool:
        """Files of answers."""
        return bool(files_of(self.answers))

    async def prepare(self, preparation: Preparation) -> dict[str, Any]:
        """The answers' files are the caller's own."""
        await preparation.require_own_files(files_of(self.answers), "/answers")
        return self.command()


class Deliver(OrderActionBody):
    """The seller delivers: a message, files, or both."""

    action: Literal["deliver"]
    message: Omittable[Note] = None
    files: Annotated[list[FileId], Field(max_length=20)] = []

    def command(self) -> dict[str, Any]:
        """The files as ids."""
        return {"message": self.message, "files": list(self.files)}

    def looks_up(self) -> bool:
        """Delivered files."""
        return bool(self.files)

    async def prepare(self, preparation: Preparation) -> dict[str, Any]:
        """The files are the caller's own."""
        await preparation.require_own_files(self.files, "/files")
        return self.command()


class AddExtra(OrderActionBody):
    """The buyer adds an option of the listing; it counts once it is paid."""

    action: Literal["add_extra"]
    option_id: OptionId
    expected_price: Annotated[
        Omittable[MoneyIn], Field(description="The price that was looked at; another one is a 409 with the new one.")
    ] = None

    def looks_up(self) -> bool:
        """An option."""
        return True

    async def prepare(self, preparation: Preparation) -> dict[str, Any]:
        """The option as the listing offers it now."""
        async with preparation.database.session() as session:
            return self.command() | await option_of(
                session,
                preparation.order_id,
                self.option_id,
                self.expected_price.model_dump() if self.expected_price else None,
            )


class RequestExtension(OrderActionBody):
    """The seller asks for more days."""

    action: Literal["request_extension"]
    days: Annotated[int, Field(ge=1, le=MAX_EXTENSION_DAYS)]
    reason: Omittable[Reason] = None


class RefundPart(OrderActionBody):
    """The seller gives back a part of what is held."""

    action: Literal["refund_part"]
    amount: MoneyAboveZero
    reason: Omittable[Reason] = None


class RevisionsOut(Output):
    """Revisions that come with the order; ``included`` null means unlimited."""

    included: int | None
    used: int


class ServiceMembers(Output):
    """What an answer shows of a service order alone."""

    days: int
    revisions: RevisionsOut
    questions: Annotated[list[dict[str, Any]], Field(max_length=50)]
    answers: Annotated[list[dict[str, Any]], Field(max_length=50)]
    accepted_at: Instant | None
    delivered_at: Instant | None


class PendingExtraOut(Output):
    """An extra that waits for its payment."""

    id: ExtraId
    title: Annotated[str, Text(200)]
    price: MoneyOut
    days: int


class ServicePending(Output):
    """What waits for an answer or a payment in a service order alone."""

    extension: PendingRequestOut | None
    extras: Annotated[list[PendingExtraOut], Field(max_length=50)]


SERVICE_ACTIONS = (
    SimpleServiceAction
    | ReasonedServiceAction
    | ExplainedServiceAction
    | ProvideInstructions
    | Deliver
    | AddExtra
    | RequestExtension
    | RefundPart
)
