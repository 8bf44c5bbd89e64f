"""How a service order is placed, and what may be asked of it alone: one body per action."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field

from orderhub.api.schemas.base import (
    FileId,
    Input,
    ListingId,
    MoneyAboveZero,
    MoneyIn,
    Note,
    OfferId,
    Omittable,
    OptionId,
    Text,
)
from orderhub.api.schemas.files import MOST_DELIVERED
from orderhub.api.schemas.orders.action import (
    ExplainedAction,
    OrderActionBody,
    Preparation,
    Reason,
    ReasonedAction,
)
from orderhub.api.schemas.orders.placing import PlacingBody
from orderhub.domain.files.queries import own_files
from orderhub.domain.orders.kinds.service.details import DeliveredFile
from orderhub.domain.orders.kinds.service.extras import offered_for, option_of
from orderhub.domain.orders.kinds.service.guards import MAX_EXTENSION_DAYS
from orderhub.domain.orders.kinds.service.placing import ServiceOrder
from orderhub.infra.database import Database
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label


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


def require_one(**named: UUID | None) -> None:
    """Raises InvalidError where none of these, or more than one, is named."""
    first, *others = [name for name, value in named.items() if value is not None] or [""]
    if not first or others:
        names = " or ".join(f"`{name}`" for name in named)
        raise invalid_field(
            f"/{others[0] if others else next(iter(named))}",
            "one_of",
            Label(f"Donnez l’un d’eux : {names.replace(' or ', ' ou ')}.", f"Give one of {names}."),
        )


class PlaceServiceOrder(PlacingBody):
    """Buy a service with some of its options. Answers may come now or after the payment."""

    kind: Literal["service"]
    listing_id: Annotated[Omittable[ListingId], Field(description="The service; left out with `offer_id`.")] = None
    offer_id: Annotated[
        Omittable[OfferId], Field(description="Instead: a custom offer that you accepted, which says all it gives.")
    ] = None
    options: Annotated[
        list[OptionId], Field(max_length=50, description="The ids of the chosen options, each once.")
    ] = []
    answers: Annotated[list[AnswerIn], Field(max_length=50)] = []
    expected_total: Annotated[
        Omittable[MoneyIn],
        Field(description="What it cost when looked at; another price is a 409 with the new one."),
    ] = None

    def looks_up(self) -> bool:
        """Whether answers name files, which have to be looked up."""
        return bool(files_of(self.answers))

    async def prepare(self, database: Database, account_id: UUID) -> ServiceOrder:
        """What to place. Raises FileUnusableError for an answer's file that the caller did not upload, InvalidError."""
        require_one(listing_id=self.listing_id, offer_id=self.offer_id)
        if self.offer_id is not None and self.options:
            raise invalid_field(
                "/options",
                "too_many",
                Label("Une offre dit tout ce qu’elle donne : sans options.", "An offer says all it gives: no options."),
            )
        files = files_of(self.answers)
        if files:
            async with database.session() as session:
                await own_files(session, files, owner_id=account_id, pointer="/answers")
        return ServiceOrder(
            self.listing_id,
            self.options,
            [answer.kept() for answer in self.answers],
            expected_total=self.expected_total.model_dump() if self.expected_total else None,
            offer_id=self.offer_id,
        )


class AcceptOrder(OrderActionBody):
    """The seller takes the order: work begins, and is due in the agreed number of days."""

    action: Literal["accept"]


class DeclineOrder(ReasonedAction):
    """The seller does not take the order: the buyer is refunded."""

    action: Literal["decline"]


class AskInstructions(ExplainedAction):
    """The seller says what is missing before work can begin."""

    action: Literal["ask_instructions"]


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


class DeliverOrder(OrderActionBody):
    """The seller delivers: a message, files, or both."""

    action: Literal["deliver"]
    message: Omittable[Note] = None
    files: Annotated[list[FileId], Field(max_length=MOST_DELIVERED)] = []

    def command(self) -> dict[str, Any]:
        """The files as ids."""
        return {"message": self.message, "files": list(self.files)}

    def looks_up(self) -> bool:
        """Delivered files."""
        return bool(self.files)

    async def prepare(self, preparation: Preparation) -> dict[str, Any]:
        """The files are the caller's own, and how they are called."""
        files = await preparation.require_own_files(self.files, "/files")
        delivered = [DeliveredFile(file.id, file.name, file.media_type, file.size) for file in files]
        return self.command() | {"delivered": delivered}


class RequestRevision(ExplainedAction):
    """The buyer says what to change; one of the included revisions is used."""

    action: Literal["request_revision"]


class AcceptRevision(OrderActionBody):
    """The seller works on it once more."""

    action: Literal["accept_revision"]


class DeclineRevision(ReasonedAction):
    """The seller does not change it: it counts as delivered, and the revision is given back."""

    action: Literal["decline_revision"]


class AddExtra(OrderActionBody):
    """The buyer adds an option of the listing, or what the seller offered for this order; it counts once it is paid."""

    action: Literal["add_extra"]
    option_id: Omittable[OptionId] = None
    offer_id: Annotated[Omittable[OfferId], Field(description="Instead: a custom offer for this order, accepted.")] = (
        None
    )
    expected_price: Annotated[
        Omittable[MoneyIn], Field(description="The price that was looked at; another one is a 409 with the new one.")
    ] = None

    def looks_up(self) -> bool:
        """An option, or an offer."""
        return True

    async def prepare(self, preparation: Preparation) -> dict[str, Any]:
        """The option as the listing offers it now, or the offer."""
        require_one(option_id=self.option_id, offer_id=self.offer_id)
        expected = self.expected_price.model_dump() if self.expected_price else None
        order_id = preparation.order_id
        async with preparation.database.session() as session:
            if self.option_id is not None:
                return self.command() | await option_of(session, order_id, self.option_id, expected)
            assert self.offer_id is not None  # noqa: S101 - one of the two is named
            return self.command() | await offered_for(session, order_id, self.offer_id, expected)


class RequestExtension(OrderActionBody):
    """The seller asks for more days."""

    action: Literal["request_extension"]
    days: Annotated[int, Field(ge=1, le=MAX_EXTENSION_DAYS, description="How many calendar days more.")]
    reason: Omittable[Reason] = None


class AcceptExtension(OrderActionBody):
    """The buyer grants the days that the seller asked for."""

    action: Literal["accept_extension"]


class DeclineExtension(OrderActionBody):
    """The buyer does not grant more days."""

    action: Literal["decline_extension"]


class RefundPart(OrderActionBody):
    """The seller gives back a part of what is held."""

    action: Literal["refund_part"]
    amount: Annotated[MoneyAboveZero, Field(description="What the buyer gets back of what is held.")]
    reason: Omittable[Reason] = None


SERVICE_ACTIONS: Final[tuple[type[OrderActionBody], ...]] = (
    AcceptOrder,
    DeclineOrder,
    AskInstructions,
    ProvideInstructions,
    DeliverOrder,
    RequestRevision,
    AcceptRevision,
    DeclineRevision,
    AddExtra,
    RequestExtension,
    AcceptExtension,
    DeclineExtension,
    RefundPart,
)
