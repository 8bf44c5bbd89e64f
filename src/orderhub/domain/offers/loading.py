"""What is needed to decide about an offer: the locked row, its locked listing, its parties.

A person's answer locks the listing before the offer, so that no counter comes past a seller who is changing the
price; a clock locks the offer alone, since it makes nothing that anybody could miss.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, or_, select
from sqlalchemy.orm import aliased

from orderhub.domain.accounts.addresses import countries_of_addresses
from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, Disclosure, between
from orderhub.domain.files.models import File
from orderhub.domain.files.photos import of_photo
from orderhub.domain.offers.listings import OfferedListing, listing_columns, listing_in
from orderhub.domain.offers.models import Offer
from orderhub.domain.offers.people import Person, paid_between, person_columns, person_in
from orderhub.domain.offers.state import COLUMNS, ListingFacts, OfferState
from orderhub.domain.process import Actor
from orderhub.domain.requests.conditions import session_alive, with_key
from orderhub.domain.transitions.holding import Hold, alone, within
from orderhub.infra.business_clock import ahead
from orderhub.infra.database import Statement
from orderhub.infra.locking import LockingStatement
from orderhub.kit.clock import real_now

BUYER: Final = aliased(Account, name="buyer")
SELLER: Final = aliased(Account, name="seller")
_ME: Final = bindparam("account_id", type_=Uuid())


@dataclass(frozen=True, slots=True)
class Loaded:
    """An offer as it was read, its listing, who its parties are, and the business time."""

    offer: OfferState
    listing: OfferedListing
    buyer: Person
    seller: Person
    paid: bool
    """Whether an order between the two was ever paid."""
    countries: Sequence[str]
    """Where the addresses of the two are."""
    now: datetime

    @property
    def to_both(self) -> Disclosure:
        """How either reads what the other wrote."""
        return between((self.buyer.country, self.seller.country, *self.countries), paid=self.paid)

    def words(self, reader: UUID, writer: UUID) -> Disclosure:
        """How a reader sees what a writer wrote: whoever is neither of the two is staff."""
        stranger = reader not in {self.buyer.id, self.seller.id}
        return AS_WRITTEN if stranger or reader == writer else self.to_both

    @property
    def facts(self) -> ListingFacts:
        """What the guards look at of the listing."""
        return self.listing.facts(seller_suspended=self.seller.suspended)


Render = Callable[[Loaded, Actor], bytes]
"""Makes the body of an answer from the offer as it will be."""


def visible() -> ColumnElement[bool]:
    """The caller is a party of the offer, or staff. Parameters ``account_id``, ``staff``."""
    return or_(Offer.buyer_id == _ME, Offer.seller_id == _ME, bindparam("staff"))


def loaded_columns() -> Select[*tuple[Any, ...]]:
    """Offers with all that a `Loaded` is made of."""
    return (
        select(
            *(getattr(Offer, name) for name in COLUMNS),
            *listing_columns(),
            *person_columns(BUYER, "buyer"),
            *person_columns(SELLER, "seller"),
            paid_between(Offer.buyer_id, Offer.seller_id).label("paid"),
            countries_of_addresses(Offer.buyer_id, Offer.seller_id).label("countries"),
            ahead().label("ahead"),
        )
        .select_from(Offer)
        .join(Listing, Listing.id == Offer.listing_id)
        .join(BUYER, BUYER.id == Offer.buyer_id)
        .join(SELLER, SELLER.id == Offer.seller_id)
        .outerjoin(File, of_photo(Listing.photo_ids[1]))
    )


def _by_id(*, keyed: bool = False) -> Select[*tuple[Any, ...]]:
    statement = loaded_columns().where(Offer.id == bindparam("offer_id", type_=Uuid()))
    return with_key(statement) if keyed else statement


def _for_caller(*, keyed: bool = False) -> Select[*tuple[Any, ...]]:
    return _by_id(keyed=keyed).where(visible(), session_alive())


def _listing_of_offer() -> Select[*tuple[Any, ...]]:
    wanted = Offer.id == bindparam("offer_id", type_=Uuid())
    return select(Listing.id).join(Offer, Offer.listing_id == Listing.id).where(wanted, visible())


READ: Final = Statement(_for_caller())
"""One offer, for a caller, without a lock."""
LOCK: Final = LockingStatement(_for_caller(), of=Offer)
LOCK_KEYED: Final = LockingStatement(_for_caller(keyed=True), of=Offer)
LOCK_FOR_CLOCK: Final = LockingStatement(_by_id(), of=Offer, skip_locked=True)
"""A timer beside a person's action gives way, and is tried again."""
_LOCK_LISTING: Final = LockingStatement(_listing_of_offer(), of=Listing)


def read_loaded(row: Mapping[str, Any], now: datetime | None = None) -> Loaded:
    """The offer in a row of one of these statements; ``now`` where its transaction has an instant of its own."""
    return Loaded(
        OfferState(**{name: row[name] for name in COLUMNS}),
        listing_in(row),
        person_in(row, "buyer"),
        person_in(row, "seller"),
        row["paid"],
        row["countries"],
        now or real_now() + row["ahead"],
    )


def _after_listing(_listing: Any, row: Any) -> Loaded:
    return read_loaded(row)


_HOLD_LISTING: Final[Hold[Any]] = alone(_LOCK_LISTING, lambda row: row)
HOLD: Final[Hold[Loaded]] = within(_HOLD_LISTING, LOCK, _after_listing)
HOLD_KEYED: Final[Hold[Loaded]] = within(_HOLD_LISTING, LOCK_KEYED, _after_listing)
HOLD_FOR_CLOCK: Final[Hold[Loaded]] = alone(LOCK_FOR_CLOCK, read_loaded)
