"""Public ids at the edge: text such as ``lst_01k…`` outside, a UUID inside.

``listing_id: ListingId`` parses and shows itself, in bodies, paths and queries alike.
"""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from orderhub.api.schemas.refusing import unwanted
from orderhub.kit.ids import parse_id, show_id
from orderhub.kit.text import Label

_EXAMPLE = UUID("019a9f3c-5e80-7cc3-98c4-dc0c0c07398f")


@dataclass(frozen=True)
class PublicId:
    """Annotates a UUID that is public as text with this prefix."""

    prefix: str

    def read(self, value: Any) -> UUID:
        """The UUID behind a public text; a UUID, as our own code gives it, passes as it is."""
        if isinstance(value, UUID):
            return value
        found = parse_id(self.prefix, value) if isinstance(value, str) else None
        if found is None:
            raise unwanted(
                "invalid_id",
                Label(
                    f"Donnez un id que l’API vous a donné : il commence par « {self.prefix}_ ».",
                    f"Give an id that the API gave you: it begins with '{self.prefix}_'.",
                ),
            )
        return found

    def show(self, value: UUID) -> str:
        """The public text."""
        return show_id(self.prefix, value)

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                self.show, return_schema=core_schema.str_schema()
            ),
        )

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": f"^{self.prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$",
            "minLength": len(self.prefix) + 27,
            "maxLength": len(self.prefix) + 27,
            "examples": [self.show(_EXAMPLE)],
        }


AccountId = Annotated[UUID, PublicId("acc")]
AddressId = Annotated[UUID, PublicId("adr")]
SessionId = Annotated[UUID, PublicId("ses")]
ShopId = Annotated[UUID, PublicId("shp")]
KeyId = Annotated[UUID, PublicId("key")]
ListingId = Annotated[UUID, PublicId("lst")]
OptionId = Annotated[UUID, PublicId("opt")]
CartId = Annotated[UUID, PublicId("crt")]
LineId = Annotated[UUID, PublicId("lin")]
QuoteId = Annotated[UUID, PublicId("quo")]
OrderId = Annotated[UUID, PublicId("ord")]
DocumentId = Annotated[UUID, PublicId("doc")]
ExtraId = Annotated[UUID, PublicId("ext")]
PaymentId = Annotated[UUID, PublicId("pay")]
RefundId = Annotated[UUID, PublicId("rfd")]
ProofId = Annotated[UUID, PublicId("pro")]
OfferId = Annotated[UUID, PublicId("off")]
ConversationId = Annotated[UUID, PublicId("cnv")]
MessageId = Annotated[UUID, PublicId("msg")]
CommentId = Annotated[UUID, PublicId("cmt")]
ReviewId = Annotated[UUID, PublicId("rev")]
NotificationId = Annotated[UUID, PublicId("ntf")]
EventId = Annotated[UUID, PublicId("evt")]
WebhookId = Annotated[UUID, PublicId("whk")]
FileId = Annotated[UUID, PublicId("fil")]
ReconciliationId = Annotated[UUID, PublicId("rec")]
PayoutId = Annotated[UUID, PublicId("pyo")]
CaseId = Annotated[UUID, PublicId("cas")]
TraderId = Annotated[UUID, PublicId("trd")]
ProductId = Annotated[UUID, PublicId("prd")]
