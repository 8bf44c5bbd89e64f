"""Placing an order: the row of the table that begins one. One statement in, one statement out."""

from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import ScalarSelect, Uuid, and_, bindparam, exists, or_, select, true

from orderhub.domain.decisions import decide
from orderhub.domain.files.photos import photo_in, portrait_columns
from orderhub.domain.orders import loading
from orderhub.domain.orders.beginning import fields_of, rows_of
from orderhub.domain.orders.kinds.kind import Beginning, Kind, Placing, Wanted
from orderhub.domain.orders.loading import Loaded, Party, Render
from orderhub.domain.orders.state import Facts
from orderhub.domain.policies.models import PolicyVersion
from orderhub.domain.policies.policy import read_policy
from orderhub.domain.process import Actor, By
from orderhub.domain.requests import diagnosis
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.requests.conditions import session_alive, with_key
from orderhub.domain.requests.remembering import remember
from orderhub.domain.shops.models import Shop, ShopMember
from orderhub.infra.business_clock import ahead
from orderhub.infra.changes import Changes, write
from orderhub.infra.database import Database, Statement
from orderhub.kit.clock import real_now
from orderhub.kit.errors import ConflictError
from orderhub.kit.ids import show_id

_ME: Final = bindparam("account_id", type_=Uuid())
_TRIES: Final = 2
"""A request with the same key may have ended, without effect, just after it stood in our way."""
_statements: Final[dict[tuple[str, bool], Statement]] = {}
"""Compiled once, by the kind's name and whether a shop buys."""


def _statement(kind: Kind, placing: Placing, *, for_shop: bool) -> Statement:
    """What the kind must know, with the buyer and the seller, the policy in force, and the clock's offset.

    Nobody buys of somebody who is suspended: there is nothing to place then.
    """
    known = _statements.get((kind.name, for_shop))
    if known is not None:
        return known
    found = placing.found.subquery("found")
    buyer, seller = loading.BUYER, loading.SELLER
    policy = (
        select(PolicyVersion.version, PolicyVersion.values).order_by(PolicyVersion.version.desc()).limit(1).subquery()
    )
    statement = (
        select(
            *found.c,
            policy.c.version.label("policy_version"),
            policy.c["values"].label("policy_values"),
            buyer.id.label("buyer_id"),
            buyer.handle.label("buyer_handle"),
            buyer.display_name.label("buyer_name"),
            buyer.country.label("buyer_country"),
            *portrait_columns(buyer, "buyer_photo"),
            seller.handle.label("seller_handle"),
            seller.display_name.label("seller_name"),
            seller.country.label("seller_country"),
            *portrait_columns(seller, "seller_photo"),
            ahead().label("ahead"),
        )
        .select_from(found)
        .join(policy, true())
        .join(buyer, buyer.id == (_account_of_shop() if for_shop else _ME))
        .join(seller, and_(seller.id == found.c.seller_id, seller.suspended_at.is_(None)))
        .where(session_alive())
    )
    known = _statements[kind.name, for_shop] = Statement(with_key(statement))
    return known


def _account_of_shop() -> ScalarSelect[UUID]:
    """The account of a shop that the caller acts for, as its key or as a member. Parameter ``shop_id``."""
    mine = exists().where(ShopMember.shop_id == Shop.id, ShopMember.account_id == _ME)
    wanted = Shop.id == bindparam("shop_id", type_=Uuid())
    return select(Shop.account_id).where(wanted, or_(Shop.account_id == _ME, mine)).scalar_subquery()


async def place(  # noqa: PLR0913 - who asks for what, for whom, and how it is shown
    database: Database,
    caller: Caller,
    kind: Kind,
    wanted: Wanted,
    render: Render,
    *,
    shop_id: UUID | None = None,
    time_zone: str = "UTC",
) -> Answer:
    """Place an order and answer with it; with ``shop_id`` that shop buys, for which the caller acts.

    ``time_zone`` is the operator's.

    Raises what the kind's `Placing` refuses, and the refusals of the key, which is required.
    """
    placing = kind.placing
    assert placing is not None  # noqa: S101 - whoever offers to place such orders knows how
    for _ in range(_TRIES):
        try:
            answer = await _place(database, caller, kind, placing, wanted, render, shop_id, time_zone)
        except (asyncpg.UniqueViolationError, ConflictError):
            answer = await diagnosis.replay(database, caller)
            if answer is None:
                raise
        if answer is None:
            answer = await _explain(database, caller)
        if answer is not None:
            return answer
    raise placing.missing()


async def _explain(database: Database, caller: Caller) -> Answer | None:
    """The first answer of this key, or None: there is nothing to place, or whoever had the key has failed."""
    await diagnosis.require_alive(database, caller)
    return await diagnosis.replay_or_free(database, caller)


async def _place(  # noqa: PLR0913, PLR0917 - who asks for what, and how it is shown
    database: Database,
    caller: Caller,
    kind: Kind,
    placing: Placing,
    wanted: Wanted,
    render: Render,
    shop_id: UUID | None,
    time_zone: str,
) -> Answer | None:
    async with database.hot_transaction() as transaction:
        values = {**wanted.values(), **caller.values(), "shop_id": shop_id}
        row = await transaction.row(_statement(kind, placing, for_shop=shop_id is not None), values)
        if row is None:
            return None
        loaded = _begin(placing, row, wanted, time_zone)
        loaded.order.shop_id = shop_id
        by = By.BUYER if shop_id is None else By.SHOP
        actor = Actor(frozenset({by}), caller.account_id)
        decide(kind.table, None, "place", actor, Facts(loaded.order, loaded.now, actor))
        order_id = show_id("ord", loaded.order.id)
        headers = {"ETag": '"1"', "Location": f"/v1/orders/{order_id}"}
        answer = Answer(201, render(loaded, actor), headers)
        changes = Changes(
            "orders", loaded.order.id, None, fields_of(loaded.order), rows_of(loaded, by, caller.account_id)
        )
        changes.steps += [*placing.claims(loaded.order), remember(caller, answer)]
        await write(transaction, changes)
    return answer


def _begin(placing: Placing, row: Any, wanted: Wanted, time_zone: str) -> Loaded:
    now = real_now() + row["ahead"]
    policy = read_policy(row["policy_version"], row["policy_values"])
    buyer_id: UUID = row["buyer_id"]
    seller_id: UUID = row["seller_id"]
    order = placing.begin(row, wanted, Beginning(buyer_id, seller_id, policy, now, time_zone))
    buyer, seller = _party(row, buyer_id, "buyer"), _party(row, seller_id, "seller")
    photo = photo_in(row, "photo") if order.photo_file_id else None
    return Loaded(order, buyer, seller, now, photo=photo)


def _party(row: Any, account_id: UUID, side: str) -> Party:
    photo = photo_in(row, f"{side}_photo")
    return Party(account_id, row[f"{side}_handle"], row[f"{side}_name"], row[f"{side}_country"], photo=photo)
