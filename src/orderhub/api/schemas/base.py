"""What every schema is made of: strict bodies in, plain documents out, and the types of both.

Requests derive from `Input`, answers from `Output`. The annotated types come along from ``ids.py``
and ``values.py``, so that a resource's schemas import from here alone.
"""

from typing import Annotated, Any, Generic, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema

from orderhub.api.schemas.ids import (
    AccountId,
    AddressId,
    CartId,
    CaseId,
    CommentId,
    ConversationId,
    DocumentId,
    EventId,
    ExtraId,
    FileId,
    KeyId,
    LineId,
    ListingId,
    MessageId,
    NotificationId,
    OfferId,
    OptionId,
    OrderId,
    PaymentId,
    PayoutId,
    ProductId,
    ProofId,
    PublicId,
    QuoteId,
    ReconciliationId,
    RefundId,
    ReviewId,
    SessionId,
    ShopId,
    TraderId,
    WebhookId,
)
from orderhub.api.schemas.omittable import Omittable
from orderhub.api.schemas.showing import showing
from orderhub.api.schemas.values import (
    Count,
    Currency,
    Day,
    Duration,
    Flag,
    Instant,
    Name,
    Note,
    Ordinal,
    Text,
    WholeNumber,
)
from orderhub.kit.money import MAX_AMOUNT, MOST_SHOWN, Money

__all__ = [
    "AccountId",
    "AddressId",
    "CartId",
    "CaseId",
    "CommentId",
    "ConversationId",
    "Count",
    "Currency",
    "Day",
    "DocumentId",
    "Duration",
    "EventId",
    "ExtraId",
    "FileId",
    "Flag",
    "Input",
    "Instant",
    "KeyId",
    "LineId",
    "ListingId",
    "MessageId",
    "MoneyAboveZero",
    "MoneyIn",
    "MoneyOut",
    "Name",
    "Note",
    "NotificationId",
    "OfferId",
    "Omittable",
    "OptionId",
    "OrderId",
    "Ordinal",
    "Output",
    "PageOut",
    "PaymentId",
    "PayoutId",
    "ProductId",
    "ProofId",
    "PublicId",
    "QuoteId",
    "ReconciliationId",
    "RefundId",
    "ReviewId",
    "SessionId",
    "ShopId",
    "Text",
    "TraderId",
    "WebhookId",
    "WholeNumber",
]

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_OPAQUE = frozenset({"default", "metadata", "serialization"})
"""Parts of a core schema that hold values of ours, not schemas."""

T = TypeVar("T")


def _exact(schema: Any, *, strict: bool) -> None:
    """Bound every integer below to int64; refuse, when ``strict``, a number or truth that is only nearly one."""
    match schema:
        case {"type": "int" | "bool" | "float" as kind}:
            if strict:
                schema["strict"] = True
            if kind == "int":
                schema.setdefault("ge" if "gt" not in schema else "gt", _LOWEST)
                schema.setdefault("le" if "lt" not in schema else "lt", _HIGHEST)
        case dict():
            for key, part in cast("dict[str, Any]", schema).items():
                if key not in _OPAQUE:
                    _exact(part, strict=strict)
        case list() | tuple():
            for part in cast("list[Any]", schema):
                _exact(part, strict=strict)
        case _:
            return


class Input(BaseModel):
    """A request's body or a part of it: no unknown field, integers that are integers, int64 at most."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        _exact(schema, strict=True)
        return schema


class Output(BaseModel):
    """An answer or a part of it; may be made from a model's attributes. Shows what is stored: see `showing`."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def __pydantic_on_complete__(cls) -> None:
        cls.__pydantic_validator__ = showing(cls.__pydantic_core_schema__)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        _exact(schema, strict=False)
        return schema


class MoneyIn(Input):
    """An amount to pay, ask or refund, in minor units of its currency."""

    model_config = ConfigDict(title="MoneyIn", json_schema_extra={"examples": [{"amount": 12500, "currency": "EUR"}]})

    amount: Annotated[
        int, Field(ge=0, le=MAX_AMOUNT, description="Minor units of the currency: cents of EUR, whole francs of XOF.")
    ]
    currency: Currency

    def money(self) -> Money:
        """The same as the domain knows it."""
        return Money(self.amount, self.currency)


class MoneyAboveZero(MoneyIn):
    """An amount that is given back or kept: there is something of it."""

    model_config = ConfigDict(title="MoneyAboveZero")

    amount: Annotated[int, Field(ge=1, le=MAX_AMOUNT, description="Minor units of the currency, at least one.")]


class MoneyOut(Output):
    """An amount in minor units of its currency; below zero in statements only."""

    model_config = ConfigDict(
        from_attributes=True, json_schema_extra={"examples": [{"amount": 12500, "currency": "EUR"}]}
    )

    amount: Annotated[
        int,
        Field(
            ge=-MOST_SHOWN, le=MOST_SHOWN, description="Minor units of the currency: cents of EUR, whole francs of XOF."
        ),
    ]
    currency: Currency


class PageOut(Output, Generic[T]):
    """One page of a list, newest first."""

    data: Annotated[list[T], Field(max_length=100)]
    next_cursor: Annotated[
        str | None, Field(max_length=200, description="Pass it as `cursor` for the next page; null on the last one.")
    ]

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """Name a page after what it lists: ``OrderPage`` for a page of ``OrderOut``."""
        return f"{params[0].__name__.removesuffix('Out')}Page"
