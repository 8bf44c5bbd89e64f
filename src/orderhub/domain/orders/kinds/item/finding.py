"""The statement that an order of items is placed from: it locks the listings, and reads all that the order is made of.

What is counted of its buyer is counted under the lock of their account, which comes before that of any listing.
"""

from dataclasses import fields
from typing import Any, Final

from sqlalchemy import CTE, Date, Select, Uuid, and_, bindparam, cast, func, literal_column, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.orm import aliased

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.accounts.models import Account, Address
from orderhub.domain.catalog.models import Listing
from orderhub.domain.files.models import File
from orderhub.domain.files.photos import of_photo, picture_columns
from orderhub.domain.offers import using
from orderhub.domain.orders.models import Order
from orderhub.domain.policies.models import Holiday
from orderhub.domain.traders.conditions import trader_address
from orderhub.infra.business_clock import ahead

_ME: Final = bindparam("account_id", type_=Uuid())
_LISTINGS: Final = bindparam("listing_ids", type_=ARRAY(Uuid()))
_COLUMNS: Final = (
    "id", "seller_id", "kind", "state", "title", "category", "price", "currency", "condition", "size", "brand",
    "colour", "parcel_size", "reserved_until",
)  # fmt: skip
_CALENDAR_DAYS: Final = 90
"""For so long the holidays are kept with the order: a reservation and the working days after it end before."""
_NOW: Final = func.now() + ahead()


def found() -> Select[*tuple[Any, ...]]:
    """Parameters ``account_id``, ``listing_ids``, ``first_listing_id``, ``address_id``, ``offer_id``.

    No row: no such listing.
    """
    unpaid = select(func.unpaid_item_orders(_ME, _NOW - literal_column("interval '1 day'")).label("count")).cte(
        "unpaid"
    )
    held = _held(unpaid)
    seller, offer = aliased(Account, name="item_seller"), using.held()
    return (
        select(
            held.c.seller_id,
            _listings(held).label("listings"),
            unpaid.c.count.label("unpaid_orders"),
            seller.country.label("origin"),
            or_(seller.suspended_at.is_not(None), seller.erased_at.is_not(None)).label("seller_gone"),
            trader_address(held.c.seller_id).label("trader_address"),
            _holidays().label("holidays"),
            *(getattr(Address, part.name).label(f"address_{part.name}") for part in fields(PostalAddress)),
            *picture_columns(File, "photo"),
            *using.columns(offer),
        )
        .select_from(held)
        .join(unpaid, true())
        .join(seller, seller.id == held.c.seller_id)
        .outerjoin(Address, _is_meant())
        .outerjoin(File, of_photo(held.c.photo_id))
        .outerjoin(offer, true())
        .where(held.c.id == bindparam("first_listing_id", type_=Uuid()))
    )


def _held(unpaid: CTE) -> CTE:
    """The listings, locked in the order of their ids, each as its last holder left it."""
    mine = select(Order.id).where(Order.id == Listing.order_id, Order.buyer_id == _ME).scalar_subquery()
    columns = (getattr(Listing, name) for name in _COLUMNS)
    return (
        select(*columns, Listing.photo_ids[1].label("photo_id"), mine.label("own_order"))
        .join(unpaid, unpaid.c.count >= 0)
        .where(Listing.id == _LISTINGS.any_())
        .order_by(Listing.id)
        .with_for_update(key_share=True, of=Listing)
        .cte("held")
    )


def _listings(held: CTE) -> Any:
    """All of them as one document, in the order asked for."""
    every = held.alias("every_held")
    names = [*_COLUMNS, "photo_id", "own_order"]
    pairs: list[Any] = []
    for name in names:
        pairs += [literal_column(f"'{name}'"), every.c[name]]
    placed = func.array_position(_LISTINGS, every.c.id)
    return select(func.jsonb_agg(aggregate_order_by(func.jsonb_build_object(*pairs), placed))).scalar_subquery()


def _holidays() -> Any:
    today = cast(_NOW, Date)
    days = select(Holiday.day).where(Holiday.day.between(today - 1, today + _CALENDAR_DAYS)).order_by(Holiday.day)
    return func.array(days.scalar_subquery())


def _is_meant() -> Any:
    """The address that is named, else the default one."""
    named = bindparam("address_id", type_=Uuid())
    return and_(Address.account_id == _ME, or_(Address.id == named, and_(named.is_(None), Address.is_default)))
