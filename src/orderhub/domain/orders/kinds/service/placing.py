"""How a service is ordered: the listing with its options as it is offered now, and the order made of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, func, literal_column, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by

from orderhub.domain.catalog.errors import require_price
from orderhub.domain.catalog.models import Listing, ListingKind, ListingOption, ListingState
from orderhub.domain.catalog.pricing import MINIMUM_DAYS, Line, Priced, PriceList, price_order
from orderhub.domain.files.models import File
from orderhub.domain.files.photos import of_photo, picture_columns
from orderhub.domain.offers import using
from orderhub.domain.offers.errors import OfferNotUsableError
from orderhub.domain.offers.state import OfferSort
from orderhub.domain.offers.using import Accepted
from orderhub.domain.orders.errors import ListingUnavailableError
from orderhub.domain.orders.kinds.kind import Beginning, Placing
from orderhub.domain.orders.kinds.service import answers
from orderhub.domain.orders.kinds.service.details import ServiceDetails, details_of
from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.policy import commission
from orderhub.infra.changes import Step
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.money import Money
from orderhub.kit.text import Label

Answers = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ServiceOrder:
    """What a buyer asks for: a service with options, and answers if they have them already."""

    listing_id: UUID | None
    """None where an offer names it."""
    option_ids: Sequence[UUID]
    answers: Answers
    order_id: UUID = field(default_factory=new_id)
    conversation_id: UUID = field(default_factory=new_id)
    """The ids that the order and its conversation will have."""
    expected_total: Mapping[str, Any] | None = None
    """What the buyer saw that it costs, ``{"amount", "currency"}``; another price is refused."""
    offer_id: UUID | None = None
    """The seller's custom offer, in place of the listing with its options."""

    def values(self) -> Mapping[str, Any]:
        """The parameters of the statement that finds the listing and the offer."""
        return {"listing_id": self.listing_id, "offer_id": self.offer_id}


_LISTING: Final = (
    "id", "seller_id", "kind", "state", "title", "category", "price", "currency", "days", "revisions", "questions",
    "photo_ids",
)  # fmt: skip


def _found() -> Select[*tuple[Any, ...]]:
    option = func.jsonb_build_object(
        "id", ListingOption.id, "title", ListingOption.title, "price", ListingOption.price, "days", ListingOption.days
    )
    options = (
        select(
            func.coalesce(func.jsonb_agg(aggregate_order_by(option, ListingOption.id)), literal_column("'[]'::jsonb"))
        )
        .where(ListingOption.listing_id == Listing.id, ListingOption.active)
        .scalar_subquery()
    )
    columns = (getattr(Listing, name).label(name) for name in _LISTING)
    offer = using.held()
    named = func.coalesce(bindparam("listing_id", type_=Uuid()), select(offer.c.listing_id).scalar_subquery())
    return (
        select(*columns, options.label("options"), *picture_columns(File, "photo"), *using.columns(offer))
        .select_from(Listing)
        .outerjoin(File, of_photo(Listing.photo_ids[1]))
        .outerjoin(offer, true())
        .where(Listing.id == named)
    )


def _unavailable() -> ListingUnavailableError:
    return ListingUnavailableError(
        Label(
            "Il n’y a pas une telle annonce en vente. Choisissez-en une qui est active.",
            "There is no such listing on sale. Choose one that is active.",
        )
    )


def _begin(row: Any, wanted: ServiceOrder, beginning: Beginning) -> OrderState:
    """Raises ListingUnavailableError, the catalog's refusals of options and prices, InvalidError for answers."""
    offer = _offer(row, wanted, beginning)
    _require_on_sale(row, offer)
    priced = _price(row, wanted.option_ids) if offer is None else _offered(row, offer)
    require_price(wanted.expected_total, priced.total.amount, priced.total.currency)
    kept = answers.checked(row["questions"], wanted.answers) if wanted.answers else []
    if beginning.buyer_id == beginning.seller_id:
        raise ListingUnavailableError(
            Label(
                "C’est votre propre annonce. Achetez chez quelqu’un d’autre.",
                "This is your own listing. Buy from somebody else.",
            )
        )
    policy, now = beginning.policy, beginning.now
    return OrderState(
        id=wanted.order_id,
        kind=SERVICE.name,
        status=SERVICE.start.code,
        version=1,
        buyer_id=beginning.buyer_id,
        seller_id=beginning.seller_id,
        listing_id=row["id"],
        conversation_id=wanted.conversation_id,
        title=row["title"],
        category=row["category"],
        photo_file_id=row["photo_ids"][0] if row["photo_ids"] else None,
        currency=priced.total.currency,
        total=priced.total.amount,
        held=0,
        lines=[_line(place, line) for place, line in enumerate(priced.lines)],
        funds=[],
        refunded=0,
        released=0,
        commission_basis_points=commission(policy, SERVICE.name, row["category"]),
        terms=policy.copied(),
        placed_at=now,
        status_since=now,
        clock_anchor=now,
        clock_shift=timedelta(),
        details=ServiceDetails(
            days=priced.days,
            questions=tuple(row["questions"]),
            answers=tuple(kept),
            instructions_missing=answers.missing(row["questions"], kept),
            revisions_included=row["revisions"] if offer is None else offer.revisions,
            offer_id=None if offer is None else offer.id,
            scope=None if offer is None else offer.scope,
        ),
    )


def _offer(row: Any, wanted: ServiceOrder, beginning: Beginning) -> Accepted | None:
    """The custom offer that is ordered. Raises OfferNotUsableError, also for one that is for a running order."""
    offer = using.read(row, beginning.now, wanted.offer_id)
    if offer is not None and (offer.sort != OfferSort.CUSTOM or offer.for_order_id is not None):
        raise OfferNotUsableError
    return offer


def _require_on_sale(row: Any, offer: Accepted | None) -> None:
    """What was offered to one person is theirs to order while the listing is paused, too."""
    states = (ListingState.ACTIVE,) if offer is None else (ListingState.ACTIVE, ListingState.PAUSED)
    if row["state"] not in states or row["kind"] != ListingKind.SERVICE.value:
        raise _unavailable()


def _offered(row: Any, offer: Accepted) -> Priced:
    """All that the offer gives, as one line in the listing's name."""
    days = offer.days or MINIMUM_DAYS
    return Priced((Line(row["id"], row["title"], offer.amount, days),), Money(offer.amount, offer.currency), days)


def _claims(order: OrderState) -> Sequence[Step]:
    """The offer is the order's as long as it waits to be paid."""
    offer_id = details_of(order).offer_id
    return () if offer_id is None else (using.use_step(order.id, offer_id),)


def _price(row: Any, option_ids: Sequence[UUID]) -> Priced:
    listing = Line(row["id"], row["title"], row["price"], row["days"])
    options = tuple(Line(UUID(o["id"]), o["title"], o["price"], o["days"]) for o in row["options"])
    return price_order(PriceList(row["currency"], listing, options), option_ids)


def _line(place: int, line: Line) -> dict[str, Any]:
    prefix = "opt" if place else "lst"
    return {"id": show_id(prefix, line.id), "title": line.title, "price": line.price, "days": line.days}


PLACING: Final = Placing(_found(), _begin, _unavailable, _claims)
