"""Orders of items in memory, of every status."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from msgspec import structs

from orderhub.domain.orders.kinds import durations
from orderhub.domain.orders.kinds.item.details import BoughtItem, Calendar, ItemDetails, Parcel, Return
from orderhub.domain.orders.kinds.item.table import BACK, ITEM
from orderhub.domain.orders.state import OrderState
from orderhub.kit.ids import new_id, show_id
from tests.kinds.item.commands import ADDRESS, BACK_TO, TOO_LARGE, photo, reason_of
from tests.kinds.people import AWA, BRUNO, NOW

TERMS: Final = {
    "item_approval": "P4D",
    "item_cancellation": "PT72H",
    "parcel_lost": "P14D",
    "postponement": "P7D",
    "reservation": "PT15M",
    "return_answer": "PT72H",
    "return_receipt": "P3D",
    "return_shipment": "P5D",
    "shipment": "P5D",
    "trader_approval": "P14D",
}
assert set(TERMS) <= durations().keys()
PRICE: Final = 2_500
SHIPPING: Final = 399
FEE: Final = 195
TOTAL: Final = PRICE + SHIPPING + FEE


def placed(*, fits: bool = True, trader: bool = False, items: int = 1) -> OrderState:
    """Bruno's jacket for Awa: 25 EUR, 3.99 to send it, 1.95 to protect her. It waits for its payment."""
    bought = tuple(_item(fits=fits) for _ in range(items))
    price = PRICE * items
    return OrderState(
        id=new_id(),
        kind="item",
        status="awaiting_payment",
        version=1,
        buyer_id=AWA,
        seller_id=BRUNO,
        listing_id=bought[0].listing_id,
        conversation_id=new_id(),
        title="Veste en jean",
        category="womens_clothing",
        photo_file_id=None,
        currency="EUR",
        total=price + SHIPPING + FEE,
        fee=FEE,
        shipping=SHIPPING,
        held=0,
        lines=[
            {"id": show_id("lst", item.listing_id), "title": item.title, "price": item.price, "days": 0}
            for item in bought
        ],
        funds=[],
        refunded=0,
        released=0,
        commission_basis_points=1_000,
        terms=TERMS,
        placed_at=NOW,
        status_since=NOW,
        clock_anchor=NOW,
        clock_shift=timedelta(),
        details=ItemDetails(
            items=bought,
            address=dict(ADDRESS),
            rates={"domestic": SHIPPING, "near": 799, "far": 1_490},
            near=("BE", "CH"),
            origin="FR",
            calendar=Calendar("Europe/Paris", (1, 2, 3, 4, 5)),
            trader=trader,
            trader_address=dict(BACK_TO) if trader else None,
        ),
    )


def _item(*, fits: bool) -> BoughtItem:
    return BoughtItem(new_id(), "Veste en jean", PRICE, "very_good", "small", "38" if fits else TOO_LARGE)


def standing(status: str, **settings: Any) -> OrderState:
    """In that status: paid unless it waits for that, sent, received and sent back as far as it says."""
    order = placed(**settings)
    order.status = status
    order.final_at = NOW if status in ITEM.final else None
    if status == ITEM.start.code:
        return order
    order.paid_at, order.held = NOW, order.total
    order.funds = [{"payment_id": str(new_id()), "held": order.total}]
    return replace(order, details=_details(order, status))


def _details(order: OrderState, status: str) -> Any:
    parcel = Parcel("colissimo", "6A 1234 5678 901", NOW)
    back = {each.code for each in BACK}
    done: dict[str, Any] = {"code": "04815162"}
    if status != "awaiting_shipment":
        done["parcel"] = parcel
    if status == "delivered" or status in back:
        done |= {"delivered_at": NOW, "delivered_by": "carrier"}
    if status in back:
        address = None if status == "return_requested" else dict(BACK_TO)
        sent = parcel if status == "return_shipped" else None
        done["returned"] = Return(NOW, reason_of(order), "Il y a une tache.", (photo(),), address, sent)
    return structs.replace(order.details, **done)
