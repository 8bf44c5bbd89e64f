"""What an answer shows of a service order alone."""

from typing import Annotated

from pydantic import MISSING, Field

from orderhub.api.schemas.base import Count, ExtraId, FileId, Instant, MoneyOut, OfferId, Ordinal, Output, Text
from orderhub.api.schemas.files import MOST_DELIVERED, AttachmentOut
from orderhub.api.schemas.listings import Question
from orderhub.api.schemas.orders.common import MOST_DAYS, AddedDays, PendingRequestOut
from orderhub.domain.orders.kinds.service.details import MOST_DELIVERIES


class RevisionsOut(Output):
    """Revisions that come with the order; ``included`` null means unlimited."""

    included: Count | None
    used: Count


class AnswerOut(Output):
    """An answer of the buyer: exactly one of text, choice and file."""

    question_id: Annotated[str, Field(max_length=60)]
    text: Annotated[str, Field(max_length=2000)] | MISSING = MISSING
    choice: Annotated[str, Field(max_length=200)] | MISSING = MISSING
    file_id: FileId | MISSING = MISSING


class DeliveryOut(Output):
    """What the seller delivered at one time."""

    number: Annotated[Ordinal, Field(description="Of the delivery, from 1 on: a revision brings another.")]
    at: Instant
    message: Annotated[str, Field(max_length=20_000, description="As its reader may see it.")] | None
    files: Annotated[
        list[AttachmentOut], Field(max_length=MOST_DELIVERED, description="What was delivered, to download.")
    ]


class ServiceMembers(Output):
    """What an answer shows of a service order alone."""

    days: Annotated[
        int, Field(ge=0, le=MOST_DAYS, description="Calendar days from acceptance to delivery; 0 for other kinds.")
    ]
    revisions: Annotated[RevisionsOut, Field(description="How often the buyer may ask for changes.")]
    questions: Annotated[list[Question], Field(max_length=50)]
    answers: Annotated[list[AnswerOut], Field(max_length=50)]
    offer_id: Annotated[OfferId | None, Field(description="The accepted offer that it was placed with; null: none.")]
    scope: Annotated[
        str | None, Field(max_length=10_000, description="What that offer gives, in its seller's words; null for none.")
    ]
    accepted_at: Instant | None
    delivered_at: Instant | None
    deliveries: Annotated[
        list[DeliveryOut],
        Field(
            max_length=MOST_DELIVERIES,
            description="The newest ones, the oldest of them first; the conversation has them all.",
        ),
    ]


class PendingExtraOut(Output):
    """An extra that waits for its payment."""

    id: ExtraId
    title: Annotated[str, Text(200)]
    price: MoneyOut
    days: AddedDays


class ServicePending(Output):
    """What waits for an answer or a payment in a service order alone."""

    extension: PendingRequestOut | None
    extras: Annotated[list[PendingExtraOut], Field(max_length=50)]


class ServiceSaid(Output):
    """What is said with changes of a service order alone."""

    message: Annotated[str, Field(max_length=2000)] | MISSING = MISSING
    files: Annotated[list[FileId], Field(max_length=MOST_DELIVERED, description="What was delivered.")] | MISSING = (
        MISSING
    )
    cancellation_declined: (
        Annotated[bool, Field(description="Delivering declined the request to cancel.")] | MISSING
    ) = MISSING
    answers: Annotated[int, Field(ge=0, le=50, description="How many questions were answered.")] | MISSING = MISSING
    days: (
        Annotated[int, Field(ge=-1000, le=1000, description="Days that are asked for, granted or added.")] | MISSING
    ) = MISSING
    due_at: Annotated[Instant | MISSING, Field(description="The new due date.")] = MISSING
    extra_id: ExtraId | MISSING = MISSING
    price: Annotated[MoneyOut, Field(description="The price of the extra.")] | MISSING = MISSING
