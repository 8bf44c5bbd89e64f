"""Asking for a quote: the row of the table that begins one. It copies what the cart has, and closes the cart."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, bindparam, func, or_, select, true

from orderhub.domain.accounts.address_rules import PostalAddress, check_address
from orderhub.domain.accounts.errors import AddressMissingError, AddressNotFoundError
from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account, Address
from orderhub.domain.carts import queries as carts
from orderhub.domain.carts.closing import HandedOver, hand_over
from orderhub.domain.decisions import decide
from orderhub.domain.files.photos import portrait_columns
from orderhub.domain.policies.models import PolicyVersion, Terms
from orderhub.domain.policies.policy import read_policy
from orderhub.domain.policies.room import require_room
from orderhub.domain.process import Actor, By
from orderhub.domain.quotes import effects, timers
from orderhub.domain.quotes.advance import event_data
from orderhub.domain.quotes.change import QuoteChange
from orderhub.domain.quotes.errors import TermsOutdatedError
from orderhub.domain.quotes.loading import BUYER, HOUSE, Loaded, Render, party_in
from orderhub.domain.quotes.models import Quote
from orderhub.domain.quotes.process import PAST, QUOTE
from orderhub.domain.quotes.state import COLUMNS, QuoteFacts, QuoteState
from orderhub.domain.requests.caller import Answer, Caller
from orderhub.domain.requests.changing import attempt, conclude, found
from orderhub.domain.requests.conditions import session_alive, with_key
from orderhub.infra.business_clock import ahead
from orderhub.infra.changes import Changes
from orderhub.infra.database import Database, HotTransaction, Statement
from orderhub.kit.clock import real_now, show_instant
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label
from orderhub.kit.versions import Versions

_ACTION: Final = "request"
_PARTS: Final = tuple(part.name for part in fields(PostalAddress))


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """What a buyer says when they ask for a quote."""

    cart_id: UUID
    terms_version: int
    address: PostalAddress | None
    address_id: UUID | None
    """One's own address instead; without either, the default one."""
    message: str | None
    client: str
    """The network address of the client that accepted the terms."""
    cart_version: Versions | None = None
    """The versions of the cart that the buyer looked at, when they say so."""
    quote_id: UUID = field(default_factory=new_id)


def _found(*, keyed: bool) -> Select[*tuple[Any, ...]]:
    """The buyer, their address, and what is in force now: terms, policy, time."""
    address_id = bindparam("address_id", type_=Uuid())
    policy = (
        select(PolicyVersion.version, PolicyVersion.values).order_by(PolicyVersion.version.desc()).limit(1).subquery()
    )
    terms = select(Terms.version).order_by(Terms.version.desc()).limit(1).scalar_subquery()
    statement = (
        select(
            BUYER.handle.label("buyer_handle"),
            BUYER.display_name.label("buyer_name"),
            BUYER.country.label("buyer_country"),
            *portrait_columns(BUYER, "buyer_photo"),
            BUYER.email.label("buyer_email"),
            HOUSE.handle.label("house_handle"),
            HOUSE.display_name.label("house_name"),
            HOUSE.country.label("house_country"),
            *portrait_columns(HOUSE, "house_photo"),
            Address.id.label("address_id"),
            *(getattr(Address, name).label(f"address_{name}") for name in _PARTS),
            policy.c.version.label("policy_version"),
            policy.c["values"].label("policy_values"),
            terms.label("terms_version"),
            ahead().label("ahead"),
        )
        .select_from(BUYER)
        .join(policy, true())
        .join(HOUSE, HOUSE.id == HOUSE_ID)
        .outerjoin(
            Address,
            and_(
                Address.account_id == BUYER.id,
                or_(Address.id == address_id, and_(address_id.is_(None), Address.is_default)),
            ),
        )
        .where(BUYER.id == bindparam("account_id", type_=Uuid()), BUYER.erased_at.is_(None), session_alive())
    )
    return with_key(statement) if keyed else statement


_LOCK: Final = Statement(
    select(Account.id).where(Account.id == bindparam("account_id", type_=Uuid())).with_for_update(key_share=True)
)
"""The buyer can't be erased before their quote is there to be seen as open, and their requests are counted in turn."""
_FIND: Final = Statement(_found(keyed=False))
_FIND_KEYED: Final = Statement(_found(keyed=True))
_UNDER_WAY: Final = Statement(
    select(func.count().label("quotes")).where(
        Quote.buyer_id == bindparam("account_id", type_=Uuid()), Quote.final_at.is_(None)
    )
)
"""Counted in a statement of its own, once the buyer is locked."""


async def request_quote(database: Database, caller: Caller, asked: QuoteRequest, render: Render) -> Answer:
    """Ask for a quote of every line of one's cart that can be quoted, and answer with it.

    Raises CartNotFoundError, CartClosedError, StaleError, CartNotReadyError, TermsOutdatedError,
    AddressMissingError, AddressNotFoundError, LimitReachedError, InvalidError, UnauthenticatedError,
    and those of the key.
    """
    given = None if asked.address is None else asdict(check_address(asked.address, "/address"))
    return await attempt(
        database,
        caller,
        partial(_request, caller=caller, asked=asked, given=given, render=render),
        partial(carts.require_visible, database, caller, asked.cart_id),
    )


async def _request(
    transaction: HotTransaction,
    *,
    caller: Caller,
    asked: QuoteRequest,
    given: Mapping[str, Any] | None,
    render: Render,
) -> Answer:
    await transaction.row(_LOCK, {"account_id": caller.account_id})
    statement = _FIND if caller.key is None else _FIND_KEYED
    row = found(await transaction.row(statement, {"address_id": asked.address_id, **caller.values()}))
    under_way = found(await transaction.row(_UNDER_WAY, {"account_id": caller.account_id}))
    require_room(read_policy(row["policy_version"], row["policy_values"]).bounds, "quotes", under_way["quotes"])
    handed = await hand_over(transaction, caller.account_id, asked.cart_id, expected=asked.cart_version)
    address = given or _kept_address(row, asked)
    if row["terms_version"] != asked.terms_version:
        raise TermsOutdatedError(row["terms_version"])
    loaded = _begin(row, caller.account_id, asked, address, handed.lines)
    buyer = Actor(frozenset({By.BUYER}), caller.account_id)
    decide(QUOTE, None, _ACTION, buyer, QuoteFacts(loaded.quote, loaded.now, buyer, {}))
    headers = {"ETag": '"1"', "Location": f"/v1/quotes/{show_id('quo', asked.quote_id)}"}
    answer = Answer(201, render(loaded, buyer), headers)
    return await conclude(transaction, caller, _changes(loaded, handed), answer)


def _kept_address(row: Mapping[str, Any], asked: QuoteRequest) -> Mapping[str, Any]:
    if row["address_id"] is not None:
        return {name: row[f"address_{name}"] for name in _PARTS}
    if asked.address_id is not None:
        raise AddressNotFoundError(
            Label("Voyez les vôtres à GET /v1/me/addresses.", "See GET /v1/me/addresses for your own.")
        )
    raise AddressMissingError


def _begin(
    row: Mapping[str, Any],
    buyer_id: UUID,
    asked: QuoteRequest,
    address: Mapping[str, Any],
    lines: Sequence[Mapping[str, Any]],
) -> Loaded:
    now = real_now() + row["ahead"]
    policy = read_policy(row["policy_version"], row["policy_values"])
    quote = QuoteState(
        id=asked.quote_id,
        status=QUOTE.start.code,
        version=1,
        buyer_id=buyer_id,
        cart_id=asked.cart_id,
        title=_title(lines),
        lines=[dict(line) for line in lines],
        address=dict(address),
        terms_accepted={"version": asked.terms_version, "at": show_instant(now), "address": asked.client},
        message=asked.message,
        terms=policy.copied(),
        draft=None,
        current=None,
        number=None,
        currency=None,
        total=None,
        deposit=None,
        expires_at=None,
        taken_by=None,
        order_id=None,
        requested_at=now,
        status_since=now,
        clock_anchor=now,
        final_at=None,
    )
    buyer = party_in(row, buyer_id, "buyer")
    house = party_in(row, HOUSE_ID, "house")
    return Loaded(quote, None, None, buyer, row["buyer_email"], house, policy, now)


def _title(lines: Sequence[Mapping[str, Any]]) -> str:
    """What a list shows: the first thing, and how many others there are."""
    name: str = lines[0]["name"]
    return name if len(lines) == 1 else f"{name} (+{len(lines) - 1})"


def _changes(loaded: Loaded, handed: HandedOver) -> Changes:
    """The quote with its history and its event, which mails staff; and the closed cart."""
    quote, now = loaded.quote, loaded.now
    command = {"left_out": handed.left_out}
    change = QuoteChange(quote, quote, action=_ACTION, by=By.BUYER, actor_id=quote.buyer_id, now=now, command=command)
    effects.leave_out(change)
    change.add("history", **change.history(QUOTE.name, quote.id, quote.version, "", quote.status))
    data = event_data(loaded, quote, _ACTION, None, By.BUYER, quote.buyer_id)
    topic, subject = f"quote.{PAST[_ACTION]}", show_id("quo", quote.id)
    change.write_event(topic, subject, quote.version, (quote.buyer_id, HOUSE_ID), data)
    _, fresh = timers.difference(None, quote, now)
    if fresh:
        change.rows["timers"] = fresh
    columns = {name: getattr(quote, name) for name in COLUMNS if name not in ("id", "version")}
    return Changes("quotes", quote.id, None, columns, change.rows, {"carts": [handed.closed(quote.id, now)]})
