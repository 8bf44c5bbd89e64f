"""How items are ordered, and what may be asked of such an order alone: one body per action."""

from dataclasses import asdict
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field, field_validator

from orderhub.api.schemas.addresses import PostalAddressIn
from orderhub.api.schemas.base import AddressId, FileId, ListingId, MoneyIn, Note, OfferId, Omittable, Text
from orderhub.api.schemas.orders.action import OrderActionBody, Preparation, ReasonedAction
from orderhub.api.schemas.orders.common import Carrier, TrackingNumber
from orderhub.api.schemas.orders.placing import PlacingBody
from orderhub.api.schemas.refusing import unwanted
from orderhub.domain.accounts.address_rules import PostalAddress, check_address
from orderhub.domain.files.errors import PhotoUnusableError
from orderhub.domain.files.models import File, FileKind
from orderhub.domain.orders.kinds.item.details import Photo, ReturnReason
from orderhub.domain.orders.kinds.item.placing import MOST_ITEMS, ItemOrder
from orderhub.infra.database import Database
from orderhub.kit.errors import FieldError, invalid_field
from orderhub.kit.text import Label

MOST_PHOTOS: Final = 10
Photos = Annotated[
    list[FileId], Field(max_length=MOST_PHOTOS, description="One's own uploaded pictures; both parties see them.")
]


class PlaceItemOrder(PlacingBody):
    """Buy one item, or several of one seller in one parcel. They are reserved until the order's clock."""

    kind: Literal["item"]
    listing_ids: Annotated[
        list[ListingId],
        Field(min_length=1, max_length=MOST_ITEMS, description="Items of one seller, each once."),
    ]
    offer_id: Annotated[
        Omittable[OfferId], Field(description="One's accepted offer on the one item: its amount is the price.")
    ] = None
    address: Annotated[Omittable[PostalAddressIn], Field(description="Where to send it.")] = None
    address_id: Annotated[
        Omittable[AddressId], Field(description="One's own address instead; without either, the default one.")
    ] = None
    expected_total: Annotated[
        Omittable[MoneyIn],
        Field(description="What it cost when looked at; another price is a 409 with the new one."),
    ] = None

    @field_validator("listing_ids")
    @classmethod
    def _named_once(cls, ids: list[UUID]) -> list[UUID]:
        if len(set(ids)) != len(ids):
            raise unwanted("listing_twice", Label("Nommez chaque annonce une seule fois.", "Name each listing once."))
        return ids

    async def prepare(self, database: Database, account_id: UUID) -> ItemOrder:  # noqa: ARG002 - the statement finds all
        """What to place. Raises InvalidError for an address that is none."""
        return ItemOrder(
            self.listing_ids,
            self._postal(),
            self.address_id,
            self.offer_id,
            self.expected_total.model_dump() if self.expected_total else None,
        )

    def _postal(self) -> PostalAddress | None:
        if self.address is None:
            return None
        if self.address_id is not None:
            raise invalid_field(
                "/address_id",
                "too_many",
                Label("Donnez `address` ou `address_id`, pas les deux.", "Give `address` or `address_id`, not both."),
            )
        return check_address(self.address.postal(), "/address")


class AddressedAction(OrderActionBody):
    """What actions share that say where something goes."""

    address: PostalAddressIn

    def command(self) -> dict[str, Any]:
        """The address as its country writes it. Raises InvalidError."""
        return {"address": asdict(check_address(self.address.postal(), "/address"))}


class ChangeAddress(AddressedAction):
    """The buyer has it sent elsewhere, for the same price of shipping."""

    action: Literal["change_address"]


class ParcelAction(OrderActionBody):
    """What actions share that give a parcel to a carrier."""

    carrier: Carrier
    tracking_number: TrackingNumber


class ShipOrder(ParcelAction):
    """The seller gave the parcel to a carrier."""

    action: Literal["ship"]


class MarkDelivered(OrderActionBody):
    """The buyer has the parcel; a carrier's own word does the same."""

    action: Literal["mark_delivered"]


class ReportNotReceived(OrderActionBody):
    """The carrier says that it is delivered, and the buyer does not have it: staff look into it."""

    action: Literal["report_not_received"]


class PhotographedAction(OrderActionBody):
    """What actions share that show how something is."""

    photo_ids: Photos

    def looks_up(self) -> bool:
        """Photos."""
        return bool(self.photo_ids)

    async def prepare(self, preparation: Preparation) -> dict[str, Any]:
        """The caller's own pictures. Raises FileUnusableError, PhotoUnusableError."""
        files = await preparation.require_own_files(self.photo_ids, "/photo_ids")
        return self.command() | {"photos": tuple(_photo(place, file) for place, file in enumerate(files))}


def _photo(place: int, file: File) -> Photo:
    if file.kind != FileKind.IMAGE.value:
        detail = Label("Ce fichier n’est pas une image.", "This file is no picture.")
        raise PhotoUnusableError(detail, errors=(FieldError(f"/photo_ids/{place}", PhotoUnusableError.code, detail),))
    return Photo(file.id, file.name, file.media_type, file.size)


class RequestReturn(PhotographedAction):
    """The buyer wants to send it back. Who did not just change their mind shows what is wrong."""

    action: Literal["request_return"]
    reason: Annotated[ReturnReason, Field(description="Why; it decides who pays the way back, and what may follow.")]
    message: Omittable[Note] = None
    photo_ids: Photos = []


class AcceptReturn(AddressedAction):
    """The seller takes it back, at this address."""

    action: Literal["accept_return"]


class RefundWithoutReturn(OrderActionBody):
    """The seller refunds all of it, and the buyer keeps it."""

    action: Literal["refund_without_return"]


class DeclineReturn(ReasonedAction):
    """The seller does not take it back: staff rule, or the sale is final where the buyer only changed their mind."""

    action: Literal["decline_return"]


class ShipReturn(ParcelAction):
    """The buyer gave the parcel back to a carrier."""

    action: Literal["ship_return"]


class ReceiveReturn(OrderActionBody):
    """The seller has it back, in order: the buyer is refunded."""

    action: Literal["receive_return"]


class ContestReturn(PhotographedAction):
    """What came back is not what was sent: the seller shows it, and staff rule."""

    action: Literal["contest_return"]
    photo_ids: Annotated[
        list[FileId],
        Field(min_length=1, max_length=MOST_PHOTOS, description="One's own uploaded pictures; both parties see them."),
    ]
    reason: Annotated[str, Text(1000, lines=True, examples=["Le col est déchiré, il ne l’était pas."])]


class OrderReturn(OrderActionBody):
    """Staff rule that the buyer sends it back, and is refunded then."""

    action: Literal["order_return"]
    decision: Note
    address: Annotated[
        Omittable[PostalAddressIn],
        Field(description="Where to; without it, where the seller has said or is known to be as a trader."),
    ] = None

    def command(self) -> dict[str, Any]:
        """The address as its country writes it. Raises InvalidError."""
        address = self.address and asdict(check_address(self.address.postal(), "/address"))
        return {"decision": self.decision, "address": address}


ITEM_ACTIONS: Final[tuple[type[OrderActionBody], ...]] = (
    ChangeAddress,
    ShipOrder,
    MarkDelivered,
    ReportNotReceived,
    RequestReturn,
    AcceptReturn,
    RefundWithoutReturn,
    DeclineReturn,
    ShipReturn,
    ReceiveReturn,
    ContestReturn,
    OrderReturn,
)
