"""Placing an order: the row of the table that begins one. One statement in, one statement out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import Select, Uuid, bindparam, func, literal_column, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by

from orderhub.domain.asking import diagnosis
from orderhub.domain.asking.asker import Answer, Asker
from orderhub.domain.asking.conditions import session_alive, with_key
from orderhub.domain.asking.remembering import remember
from orderhub.domain.catalog.errors import require_price
from orderhub.domain.catalog.models import Listing, ListingOption
from orderhub.domain.catalog.pricing import Line, Priced, PriceList, price_order
from orderhub.domain.orders import loading
from orderhub.domain.orders.beginning import fields_of, rows_of
from orderhub.domain.orders.errors import ListingUnavailableError
from orderhub.domain.orders.kinds.service import answers
from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.loading import Loaded, Party, Render
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.policies.models import PolicyVersion
from orderhub.domain.policies.policy import Policy, commission, read_policy
from orderhub.domain.process import Actor, By, decide
from orderhub.domain.refusals import GuardError
from orderhub.infra.business_clock import ahead
from orderhub.infra.changes import Changes, write
from orderhub.infra.database import Database, Statement
from orderhub.kit.clock import real_now
from orderhub.kit.errors import ConflictError
from orderhub.kit.ids import new_id, show_id

Answers = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ServiceOrder:
    """What a buyer asks for: a service with options, and answers if they have them already."""

    listing_id: UUID
    option_ids: Sequence[UUID]
    answers: Answers
    order_id: UUID = field(default_factory=new_id)
    conversation_id: UUID = field(default_factory=new_id)
    """The ids that the order and its conversation will have."""
    expected_total: Mapping[str, Any] | None = None
    """What the buyer saw that it costs, ``{"amount", "currency"}``; another price is refused."""


def _found(*, keyed: bool) -> Select[*tuple[Any, ...]]:
    buyer, seller = loading.BUYER, loading.SELLER
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
    policy = (
        select(PolicyVersion.version, PolicyVersion.values).order_by(PolicyVersion.version.desc()).limit(1).subquery()
    )
    statement = (
        select(
            *(getattr(Listing, name).label(name) for name in _LISTING),
            options.label("options"),
            policy.c.version.label("policy_version"),
            policy.c["values"].label("policy_values"),
            buyer.id.label("buyer_id"),
            buyer.handle.label("buyer_handle"),
            buyer.display_name.label("buyer_name"),
            seller.handle.label("seller_handle"),
            seller.display_name.label("seller_name"),
            ahead().label("ahead"),
        )
        .select_from(Listing)
        .join(policy, true())
        .join(buyer, buyer.id == bindparam("account_id", type_=Uuid()))
        .join(seller, seller.id == Listing.seller_id)
        .where(Listing.id == bindparam("listing_id", type_=Uuid()), session_alive())
    )
    return with_key(statement) if keyed else statement


_LISTING: Final = (
    "id", "seller_id", "kind", "state", "title", "category", "price", "currency", "days", "revisions", "questions",
    "photo_ids",
)  # fmt: skip
_READ: Final = Statement(_found(keyed=True))
_TRIES: Final = 2
"""A request with the same key may have ended, without effect, just after it stood in our way."""


async def place(database: Database, asker: Asker, wanted: ServiceOrder, render: Render) -> Answer:
    """Place a service order and answer with it.

    Raises ListingUnavailableError, the catalog's refusals of options, InvalidError for answers, and
    those of the key, which is required.
    """
    for _ in range(_TRIES):
        try:
            answer = await _place(database, asker, wanted, render)
        except (asyncpg.UniqueViolationError, ConflictError):
            answer = await diagnosis.replay(database, asker)
            if answer is None:
                raise
        if answer is None:
            answer = await _explain(database, asker)
        if answer is not None:
            return answer
    raise _unavailable()


async def _explain(database: Database, asker: Asker) -> Answer | None:
    """The first answer of this key, or None: there is no such listing, or whoever had the key has failed."""
    await diagnosis.require_alive(database, asker)
    # Asked for before the answer: a request that ends in between has left it.
    await diagnosis.require_free(database, asker)
    return await diagnosis.replay(database, asker)


async def _place(database: Database, asker: Asker, wanted: ServiceOrder, render: Render) -> Answer | None:
    async with database.hot_transaction() as transaction:
        row = await transaction.row(_READ, {"listing_id": wanted.listing_id, **asker.values()})
        if row is None:
            return None
        loaded = _begin(row, wanted)
        actor = Actor(frozenset({By.BUYER}), asker.account_id)
        _require_row(loaded, actor, row["state"])
        order_id = show_id("ord", loaded.order.id)
        headers = {"ETag": '"1"', "Location": f"/v1/orders/{order_id}"}
        answer = Answer(201, render(loaded, actor), headers)
        changes = Changes("orders", loaded.order.id, None, fields_of(loaded.order), rows_of(loaded))
        changes.steps.append(remember(asker, answer))
        await write(transaction, changes)
    return answer


def _require_row(loaded: Loaded, actor: Actor, state: str) -> None:
    try:
        decide(SERVICE, None, "place", actor, Facts(loaded.order, loaded.now, actor))
    except GuardError:
        raise ListingUnavailableError("This is your own listing. Buy from somebody else.") from None
    if state != "active":
        raise _unavailable()


def _unavailable() -> ListingUnavailableError:
    return ListingUnavailableError("There is no such listing on sale. Choose one that is active.")


def _begin(row: Any, wanted: ServiceOrder) -> Loaded:
    if row["state"] != "active" or row["kind"] != "service":
        raise _unavailable()
    priced = _price(row, wanted.option_ids)
    require_price(wanted.expected_total, priced.total.amount, row["currency"])
    kept = answers.checked(row["questions"], wanted.answers) if wanted.answers else []
    policy = read_policy(row["policy_version"], row["policy_values"])
    now = real_now() + row["ahead"]
    order = OrderState(
        id=wanted.order_id,
        kind=SERVICE.name,
        status=SERVICE.start.code,
        version=1,
        buyer_id=row["buyer_id"],
        seller_id=row["seller_id"],
        listing_id=row["id"],
        conversation_id=wanted.conversation_id,
        title=row["title"],
        category=row["category"],
        photo_file_id=row["photo_ids"][0] if row["photo_ids"] else None,
        currency=row["currency"],
        total=priced.total.amount,
        held=0,
        lines=[_line(place, line) for place, line in enumerate(priced.lines)],
        funds=[],
        refunded=0,
        released=0,
        commission_basis_points=commission(policy, SERVICE.name, row["category"]),
        terms=_terms(policy),
        questions=row["questions"],
        answers=kept,
        instructions_missing=answers.missing(row["questions"], kept),
        days=priced.days,
        revisions_included=row["revisions"],
        revisions_used=0,
        placed_at=now,
        status_since=now,
        clock_anchor=now,
        clock_shift=timedelta(),
        extras=[],
    )
    buyer = Party(row["buyer_id"], row["buyer_handle"], row["buyer_name"])
    return Loaded(order, buyer, Party(row["seller_id"], row["seller_handle"], row["seller_name"]), now)


def _price(row: Any, option_ids: Sequence[UUID]) -> Priced:
    listing = Line(row["id"], row["title"], row["price"], row["days"])
    options = tuple(Line(UUID(o["id"]), o["title"], o["price"], o["days"]) for o in row["options"])
    return price_order(PriceList(row["currency"], listing, options), option_ids)


def _line(place: int, line: Line) -> dict[str, Any]:
    prefix = "opt" if place else "lst"
    return {"id": show_id(prefix, line.id), "title": line.title, "price": line.price, "days": line.days}


def _terms(policy: Policy) -> dict[str, Any]:
    return {**policy.durations, "policy_version": policy.version}
