"""What is needed to decide about a quote, in one statement: the locked row, its current version, its parties."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, bindparam, or_, select, true
from sqlalchemy.orm import aliased

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.files.photos import photo_in, portrait_columns
from orderhub.domain.files.portraits import portrait_of
from orderhub.domain.orders.loading import Party
from orderhub.domain.policies.models import PolicyVersion
from orderhub.domain.policies.policy import Policy, read_policy
from orderhub.domain.process import Actor
from orderhub.domain.quotes.models import Quote, QuoteVersion
from orderhub.domain.quotes.state import COLUMNS, QuoteState
from orderhub.domain.requests.conditions import session_alive, with_key
from orderhub.infra.business_clock import ahead
from orderhub.infra.database import Statement
from orderhub.infra.locking import LockingStatement
from orderhub.kit.clock import real_now

_WIDTH: Final = len(COLUMNS)
BUYER: Final = aliased(Account, name="buyer")
HOUSE: Final = aliased(Account, name="house")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A quote as it was read, its current version, who its parties are, and the business time."""

    quote: QuoteState
    content: Mapping[str, Any] | None
    """Of the current version; None before the first is issued."""
    issued_at: datetime | None
    buyer: Party
    buyer_email: str
    house: Party
    policy: Policy
    now: datetime


Render = Callable[[Loaded, Actor], bytes]
"""Makes the body of an answer from the quote as it will be."""


def visible() -> ColumnElement[bool]:
    """The caller asked for the quote, or is staff. Parameters ``account_id``, ``staff``."""
    return or_(Quote.buyer_id == bindparam("account_id", type_=Uuid()), bindparam("staff"))


def _by_id(*, keyed: bool = False) -> Select[*tuple[Any, ...]]:
    policy = (
        select(PolicyVersion.version, PolicyVersion.values).order_by(PolicyVersion.version.desc()).limit(1).subquery()
    )
    statement = (
        select(
            *(getattr(Quote, name) for name in COLUMNS),
            QuoteVersion.content.label("content"),
            QuoteVersion.issued_at.label("issued_at"),
            BUYER.handle.label("buyer_handle"),
            BUYER.display_name.label("buyer_name"),
            BUYER.country.label("buyer_country"),
            *portrait_columns(BUYER, "buyer_photo"),
            BUYER.email.label("buyer_email"),
            HOUSE.handle.label("house_handle"),
            HOUSE.display_name.label("house_name"),
            HOUSE.country.label("house_country"),
            *portrait_columns(HOUSE, "house_photo"),
            policy.c.version.label("policy_version"),
            policy.c["values"].label("policy_values"),
            ahead().label("ahead"),
        )
        .select_from(Quote)
        .join(policy, true())
        .join(BUYER, BUYER.id == Quote.buyer_id)
        .join(HOUSE, HOUSE.id == HOUSE_ID)
        .outerjoin(QuoteVersion, and_(QuoteVersion.quote_id == Quote.id, QuoteVersion.n == Quote.current))
        .where(Quote.id == bindparam("quote_id", type_=Uuid()))
    )
    return with_key(statement) if keyed else statement


READ: Final = Statement(_by_id().where(visible(), session_alive()))
"""One quote, for a caller, without a lock."""
LOCK: Final = LockingStatement(_by_id().where(visible(), session_alive()), of=Quote)
LOCK_KEYED: Final = LockingStatement(_by_id(keyed=True).where(visible(), session_alive()), of=Quote)
LOCK_FOR_MAIL: Final = LockingStatement(_by_id(), of=Quote)
LOCK_FOR_CLOCK: Final = LockingStatement(_by_id(), of=Quote, skip_locked=True)
"""A timer beside a person's action gives way, and is tried again."""


def read_loaded(row: Any) -> Loaded:
    """The quote in a row of one of these statements, whose columns come first, in the state's own order."""
    quote = QuoteState(*row[:_WIDTH])
    return Loaded(
        quote,
        row["content"],
        row["issued_at"],
        party_in(row, quote.buyer_id, "buyer"),
        row["buyer_email"],
        party_in(row, HOUSE_ID, "house"),
        read_policy(row["policy_version"], row["policy_values"]),
        real_now() + row["ahead"],
    )


def party_in(row: Mapping[str, Any], account_id: UUID, side: str) -> Party:
    """A party in a row of one of these statements."""
    photo = photo_in(row, f"{side}_photo")
    return Party(account_id, row[f"{side}_handle"], row[f"{side}_name"], row[f"{side}_country"], photo=photo)


def party_of(account: Account) -> Party:
    """The same of an account that a session brought."""
    return Party(account.id, account.handle, account.display_name, account.country, photo=portrait_of(account))
