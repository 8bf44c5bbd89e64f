"""What must be known of a listing before an offer on it begins: locked, with its seller and the policy in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, or_, select, true

from orderhub.domain.catalog.errors import ListingNotFoundError, ListingReservedError, ListingSoldError
from orderhub.domain.catalog.models import Listing, ListingState
from orderhub.domain.catalog.rules import ON_SHOW
from orderhub.domain.files.models import File
from orderhub.domain.files.photos import of_photo
from orderhub.domain.offers.effects import ACCEPTED, ANSWER, CUSTOM_ANSWER
from orderhub.domain.offers.errors import NotOnSaleError
from orderhub.domain.offers.listings import OfferedListing, listing_columns, listing_in
from orderhub.domain.offers.loading import SELLER
from orderhub.domain.offers.people import Person, person_columns, person_in
from orderhub.domain.policies.models import PolicyVersion
from orderhub.domain.policies.policy import Policy, read_policy
from orderhub.domain.requests.caller import Caller
from orderhub.domain.requests.conditions import session_alive, with_key
from orderhub.infra.business_clock import ahead
from orderhub.infra.database import Database, Statement
from orderhub.infra.locking import LockingStatement
from orderhub.kit.clock import real_now
from orderhub.kit.text import parse_duration

_ID: Final = bindparam("listing_id", type_=Uuid())
_KEPT: Final = (ANSWER, CUSTOM_ANSWER, ACCEPTED)
"""The durations that an offer keeps among its terms."""


@dataclass(frozen=True, slots=True)
class Place:
    """A locked listing, its seller, and the business time."""

    listing: OfferedListing
    seller: Person
    terms: dict[str, Any]
    """What an offer that begins now keeps of the policy in force."""
    now: datetime
    expires_at: datetime
    """Until when it can be answered."""


def _found(*, keyed: bool) -> Select[*tuple[Any, ...]]:
    policy = (
        select(PolicyVersion.version, PolicyVersion.values).order_by(PolicyVersion.version.desc()).limit(1).subquery()
    )
    statement = (
        select(
            *listing_columns(),
            *person_columns(SELLER, "seller"),
            policy.c.version.label("policy_version"),
            policy.c["values"].label("policy_values"),
            ahead().label("ahead"),
        )
        .select_from(Listing)
        .join(policy, true())
        .join(SELLER, SELLER.id == Listing.seller_id)
        .outerjoin(File, of_photo(Listing.photo_ids[1]))
        .where(Listing.id == _ID, session_alive())
    )
    return with_key(statement) if keyed else statement


LOCK: Final = LockingStatement(_found(keyed=False), of=Listing)
LOCK_KEYED: Final = LockingStatement(_found(keyed=True), of=Listing)
_VISIBLE: Final = Statement(
    select(Listing.id)
    .join(SELLER, SELLER.id == Listing.seller_id)
    .where(
        Listing.id == _ID,
        or_(
            Listing.seller_id == bindparam("account_id", type_=Uuid()),
            SELLER.suspended_at.is_(None) & or_(*(Listing.state == state for state in sorted(ON_SHOW))),
        ),
    )
)


async def require_visible(database: Database, caller: Caller, listing_id: UUID) -> None:
    """Raises ListingNotFoundError where the caller may not see the listing."""
    if await database.row(_VISIBLE, {"listing_id": listing_id, **caller.values()}) is None:
        raise ListingNotFoundError


def place_in(row: Mapping[str, Any], answer: str) -> Place:
    """The place in a row of `LOCK`; ``answer`` is the name of the duration within which its offers are answered."""
    policy, now = read_policy(row["policy_version"], row["policy_values"]), real_now() + row["ahead"]
    terms = terms_of(policy)
    return Place(listing_in(row), person_in(row, "seller"), terms, now, now + parse_duration(terms[answer]))


def terms_of(policy: Policy) -> dict[str, Any]:
    """What an offer keeps of the policy."""
    return {**{name: policy.durations[name] for name in _KEPT}, "policy_version": policy.version}


def require_open(place: Place) -> tuple[int, str]:
    """The price of a listing that can be offered on. Raises ListingReservedError, ListingSoldError, NotOnSaleError."""
    listing = place.listing
    if listing.state == ListingState.RESERVED and listing.reserved_until is not None:
        raise ListingReservedError(listing.reserved_until)
    if listing.state == ListingState.SOLD:
        raise ListingSoldError
    if listing.state != ListingState.ACTIVE or listing.price is None or listing.currency is None:
        raise NotOnSaleError
    return listing.price, listing.currency
