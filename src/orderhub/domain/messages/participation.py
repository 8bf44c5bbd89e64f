"""How one caller stands to a conversation, and whether they may write in it now. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, Disclosure, between
from orderhub.domain.messages.models import Conversation
from orderhub.domain.orders.allowances import Silence, only_evidence, silence, writable_until
from orderhub.domain.orders.models import Order
from orderhub.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Participation:
    """A conversation as one caller stands to it."""

    conversation: Conversation
    role: Role
    buyer: Account
    seller: Account
    order: Order | None
    title: str
    paid: bool
    """An order between the two was paid: addresses and numbers may show."""
    address_countries: Sequence[str]
    """Where the addresses of the two are."""
    unread: int

    @property
    def other(self) -> Account | None:
        """The other party; None for staff, who face both."""
        return {Role.BUYER: self.seller, Role.SELLER: self.buyer}.get(self.role)

    @property
    def words(self) -> Disclosure:
        """How what one of the two wrote is shown to the other; staff read it as it was written."""
        if self.role is Role.STAFF or self.with_house:
            return AS_WRITTEN
        return between(self.countries, paid=self.paid)

    @property
    def shown_title(self) -> str:
        """The title for this caller: a seller chose it."""
        return self.title if self.role is Role.SELLER else self.words.text(self.title)

    @property
    def caller_id(self) -> UUID | None:
        """The account of the caller, where they are a party."""
        me = {Role.BUYER: self.buyer, Role.SELLER: self.seller}.get(self.role)
        return None if me is None else me.id

    @property
    def countries(self) -> frozenset[str]:
        """Where the two live or receive parcels: whose telephone numbers they may write."""
        return frozenset((self.buyer.country, self.seller.country, *self.address_countries))

    @property
    def with_house(self) -> bool:
        """The other side is the house itself: there is nobody to pay outside."""
        return self.seller.id == HOUSE_ID

    @property
    def writable_until(self) -> datetime | None:
        """When the conversation of a final order closes; None while it has no end."""
        return None if self.order is None else writable_until(self.order.final_at, self.order.terms)

    @property
    def evidence_only(self) -> bool:
        """The order is disputed, and this party may only show evidence; staff ask for it in plain words."""
        return self.order is not None and self.other is not None and only_evidence(self.order.kind, self.order.status)

    def silence(self, now: datetime) -> Silence | None:
        """Why this caller may not write at business time ``now``; None when they may."""
        other = self.other
        return silence(
            erased=other is not None and other.erased_at is not None,
            suspended=other is not None and other.suspended_at is not None,
            until=self.writable_until,
            now=now,
        )
