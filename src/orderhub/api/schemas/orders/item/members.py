"""What an answer shows of an item's order alone."""

from typing import Annotated

from pydantic import MISSING, Field

from orderhub.api.schemas.addresses import DeliveryAddressOut
from orderhub.api.schemas.base import Instant, ListingId, MoneyOut, OfferId, Output
from orderhub.api.schemas.files import AttachmentOut
from orderhub.api.schemas.listing_cards import ConditionCode
from orderhub.api.schemas.orders.codes import PartyRole
from orderhub.api.schemas.orders.item.actions import MOST_PHOTOS
from orderhub.domain.orders.kinds.item.details import DeliveredBy, ReturnReason
from orderhub.domain.orders.kinds.item.placing import MOST_ITEMS

Carried = Annotated[str, Field(max_length=40, examples=["colissimo"], description="Who carries the parcel.")]
Numbered = Annotated[
    str, Field(max_length=60, examples=["6A98765432109"], description="The carrier's number of the parcel.")
]
PaidBy = Annotated[
    PartyRole, Field(description="Who pays the way back: the seller, unless the buyer changed their mind.")
]


class BoughtItemOut(Output):
    """One item, as its listing was when it was bought."""

    listing_id: ListingId
    title: Annotated[str, Field(max_length=200)]
    price: Annotated[MoneyOut, Field(description="Of this item: as listed, or as agreed on by an offer.")]
    condition: Annotated[ConditionCode, Field(description="How worn it is.")]
    size: Annotated[
        Annotated[str, Field(max_length=200)] | None, Field(description="As its label says; null where it has none.")
    ]
    brand: Annotated[
        Annotated[str, Field(max_length=200)] | None, Field(description="Who made it; null where nobody knows.")
    ]
    colour: Annotated[
        Annotated[str, Field(max_length=200)] | None,
        Field(description="In the seller's words; null where they say none."),
    ]


class ParcelOut(Output):
    """What was given to a carrier, and when."""

    carrier: Carried
    tracking_number: Numbered
    sent_at: Instant


class ReturnOut(Output):
    """What the buyer sends back, or wants to."""

    asked_at: Instant
    reason: Annotated[ReturnReason | None, Field(description="Why it goes back; null where staff ruled so.")]
    message: Annotated[
        Annotated[str, Field(max_length=20_000)] | None, Field(description="The buyer's own words; null without any.")
    ]
    evidence: Annotated[list[AttachmentOut], Field(max_length=MOST_PHOTOS, description="What the buyer shows.")]
    return_paid_by: PaidBy
    address: Annotated[DeliveryAddressOut | None, Field(description="Where it goes; null until it is accepted.")]
    parcel: Annotated[ParcelOut | None, Field(description="What it was sent back in; null before that.")]
    delivered_at: Annotated[Instant | None, Field(description="When the carrier said that it is back; null before.")]
    objection: Annotated[
        Annotated[str, Field(max_length=20_000)] | None,
        Field(description="Why the seller contests what came back; null unless they do."),
    ]
    objection_evidence: Annotated[
        list[AttachmentOut], Field(max_length=MOST_PHOTOS, description="What the seller shows of it.")
    ]


class ItemOrderOut(Output):
    """The items with what is added to their price, where they go and how, and what comes back."""

    items: Annotated[
        list[BoughtItemOut],
        Field(min_length=1, max_length=MOST_ITEMS, description="Each thing that was bought, in the order asked for."),
    ]
    price: Annotated[MoneyOut, Field(description="Of the items alone.")]
    shipping: Annotated[MoneyOut, Field(description="Of the one parcel that they are sent in.")]
    protection: Annotated[MoneyOut, Field(description="The buyer's protection fee: the hub's once all is well.")]
    offer_id: Annotated[OfferId | None, Field(description="The accepted offer that was used; null without one.")]
    seller_is_trader: Annotated[
        bool,
        Field(description="Whether staff had verified it when it was ordered: then it may be sent back for 14 days."),
    ]
    address: Annotated[
        DeliveryAddressOut | None, Field(description="Where it goes; null for the seller until it is paid.")
    ]
    hand_over_code: Annotated[
        Annotated[str, Field(max_length=20, examples=["04815162"])] | None,
        Field(description="What the buyer says to be handed it; null for others, and before it is paid."),
    ]
    parcel: Annotated[ParcelOut | None, Field(description="What it was sent in; null before that.")]
    delivered_at: Annotated[Instant | None, Field(description="When it came to the buyer; null before.")]
    delivered_by: Annotated[
        DeliveredBy | None, Field(description="Whose word it is that the buyer has it; null before.")
    ]
    returned: Annotated[
        ReturnOut | None, Field(alias="return", description="What comes back, or is asked to; null without one.")
    ]


class ItemMembers(Output):
    """What an answer shows of an item's order alone."""

    item: Annotated[ItemOrderOut | None, Field(description="What only an item's order has; null for other kinds.")]


class ItemSaid(Output):
    """What is said with changes of an item's order alone."""

    fee: Annotated[MoneyOut, Field(description="The protection fee that the hub keeps.")] | MISSING = MISSING
    carrier: Carried | MISSING = MISSING
    tracking_number: Numbered | MISSING = MISSING
    return_reason: Annotated[ReturnReason, Field(description="Why it is to go back.")] | MISSING = MISSING
    return_paid_by: PaidBy | MISSING = MISSING
    message: Annotated[str, Field(max_length=2000)] | MISSING = MISSING
    photo_count: Annotated[int, Field(ge=0, le=MOST_PHOTOS, description="How many photos show it.")] | MISSING = MISSING
