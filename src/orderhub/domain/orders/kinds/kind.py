"""What a kind of order is: everything that is true of one kind and not of all, as one value.

Each room of this folder makes one; the machine (the engine, the timers, the lists, the settlement) asks it and
knows no kind by name. What the rows of its table say is derived from them here, and written nowhere else.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select

from orderhub.domain.contact_details.disclosure import Disclosure
from orderhub.domain.files.links import GivenLinks
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.kinds.common import disputes
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.payments.methods import PROVIDED, PaymentMethod
from orderhub.domain.policies.policy import Policy
from orderhub.domain.policies.rules import DurationRule, Sale
from orderhub.domain.process import By, Process
from orderhub.domain.wording import Wording
from orderhub.infra.changes import Step
from orderhub.infra.database import HotTransaction
from orderhub.kit.errors import DomainError
from orderhub.kit.text import Label

Document = dict[str, Any]
CAPTURE: Final = "confirm_payment"
"""The action that takes a verified payment for the order itself."""


class Wanted(Protocol):
    """What somebody asks to be placed."""

    def values(self) -> Mapping[str, Any]:
        """The parameters of `Placing.found`."""
        ...


@dataclass(frozen=True, slots=True)
class Beginning:
    """What every new order is given: who buys and sells, the terms in force, and the business time."""

    buyer_id: UUID
    seller_id: UUID
    policy: Policy
    now: datetime
    time_zone: str = "UTC"
    """The operator's: working days are those there."""


@dataclass(frozen=True, slots=True)
class Placing:
    """How `placing.place` begins an order: one statement in, a pure function, one statement out."""

    found: Select[*tuple[Any, ...]]
    """What must be known to begin it; no row means that there is no such thing. Its columns have ``seller_id``, and
    those of ``picture_columns(…, "photo")`` where an order may have a photo."""
    begin: Callable[[Any, Any, Beginning], OrderState]
    """The order from that row and the kind's own `Wanted`. Raises the kind's refusals."""
    missing: Callable[[], DomainError]
    """The refusal where no row came."""
    claims: Callable[[OrderState], Sequence[Step]] = lambda _order: ()
    """What is taken with the order, in the same statement."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that the buyer may pay now: the order itself, or one of its extras."""

    extra_id: UUID | None
    title: str
    amount: int
    """Minor units of ``currency``."""
    currency: str
    by_hand: Mapping[PaymentMethod, Document] = field(default_factory=dict[PaymentMethod, Document])
    """How to pay without a provider: by method, what the payer is told as the next action."""

    @property
    def methods(self) -> tuple[PaymentMethod, ...]:
        """Card and wallet, and by hand as far as somebody has said how."""
        return (*PROVIDED, *self.by_hand)


@dataclass(frozen=True, slots=True)
class Late:
    """A status in which whatever is past the order's due date is late."""

    action: str
    """What the due date waits for."""
    waits_for: frozenset[By]
    reminds: bool = False
    """Whether they are reminded before it."""
    promised: Callable[[OrderState], date] | None = None
    """The day that was promised, where the due date is the end of a day: people are told that day."""


@dataclass(frozen=True, slots=True)
class WaitKind:
    """Why something waits for staff, what it is called, and whose work it is."""

    code: str
    label: Label
    role: str


DISPUTE: Final = WaitKind("dispute", Label("Litige à trancher", "Dispute to rule on"), "support")


@dataclass(frozen=True, slots=True)
class StaffWait:
    """An order in a status that waits for staff."""

    kind: WaitKind
    status: str
    conditions: tuple[ColumnElement[bool], ...] = ()
    since: ColumnElement[datetime] | None = None
    """Since when, where it isn't since the order came to its status."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads an order in which role, and how either party's words are shown to them."""

    role: str
    """``buyer``, ``seller`` or ``staff``."""
    buyers: Disclosure
    sellers: Disclosure
    links: GivenLinks


@dataclass(frozen=True, slots=True)
class Shown:
    """What the reader of an order sees of it that only this kind has."""

    line: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    """One of its lines, in the words of all kinds: ``id``, ``title``, ``price`` in minor units, ``days``.
    A title that the hub gives is a label in both languages."""
    show: Callable[[OrderState, str], Document] = lambda _order, _role: {}
    """Fields of its own, for a reader's role: ``buyer``, ``seller`` or ``staff``."""
    absent: Document = field(default_factory=dict[str, Any])
    """What an order of another kind shows in their place."""
    figures: Callable[[OrderState], Document] = lambda _order: {}
    """Those of its own fields in which nobody writes: no words are looked for in them."""
    buyers: Callable[[OrderState, Disclosure], Document] = lambda _order, _words: {}
    """Those of its own fields in which the buyer writes, for their reader; the seller writes in all others."""
    pending: Callable[[OrderState], Document] = lambda _order: {}
    """What waits for an answer or a payment, besides a cancellation."""
    sellers: Callable[[OrderState, Disclosure, GivenLinks], Document] = lambda _order, _words, _links: {}
    """Those of its own fields in which the seller writes beside ids and numbers, for a reader with links to files."""
    not_pending: Document = field(default_factory=dict[str, Any])
    """What an order of another kind shows in its place."""
    of_both: Callable[[OrderState, Readers], Document] = lambda _order, _readers: {}
    """Those of its own fields in which both parties write: it shows each one's words as they may be read."""


class ParcelStatus(StrEnum):
    """Where a parcel is."""

    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    RETURNED = "returned"
    """On its way back to its sender: it was refused, or never fetched."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The parcel that an order was sent in."""

    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True)
class Parcels:
    """What a carrier's word means."""

    sent: Callable[[OrderState], Sent | None]
    means: Mapping[ParcelStatus, str]
    """The action that each word stands for; one that isn't here is only noted."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """Proofs of payments by hand."""

    pending: Callable[[OrderState], Document]
    """The one under review, as its reader sees it."""
    awaited: Mapping[str, str]
    """By the kind of document: the status in which a reply to its mail may bring one."""


@dataclass(frozen=True, slots=True)
class Personal:
    """What an order holds of its parties besides what any order does."""

    export: Callable[[OrderState, str], Document]
    """For the party in this role, who asks for all that is known of them."""
    forget: Callable[[OrderState, str], Mapping[str, Any]] = lambda _order, _role: {}
    """The columns that lose the words of the party in this role, ``details`` among them, as they are afterwards."""
    quoted: frozenset[str] = frozenset()
    """Under what names a change that somebody else made quotes the buyer in the history."""


@dataclass(frozen=True, slots=True)
class Words:
    """How an order of this kind is worded; keys as `notifications.wording` reads them."""

    prefix: str
    """What the codes of its notifications begin with."""
    actions: Mapping[str, Wording]
    reminders: Mapping[str, Wording]
    stages: Mapping[str, Label]
    about_money: frozenset[str] = frozenset()
    """Actions whose notifications are about payments."""
    one_way: frozenset[str] = frozenset()
    """Actions that are sent in one way only, WhatsApp where it is on, whatever else was chosen."""


def nothing(_: OrderChange) -> None:
    """Leaving a status closes nothing."""


@dataclass(frozen=True)
class Kind:
    """One kind of order."""

    table: Process[Facts]
    details: type[msgspec.Struct]
    """The type of what only such an order has; every field that an older order may lack has a default."""
    due: Callable[[OrderState], Sequence[Due]]
    """What can be paid now."""
    shown: Shown
    words: Words
    placing: Placing | None = None
    """None where an order begins otherwise than by asking for it, such as by accepting a quote."""
    leave: Callable[[OrderChange], None] = nothing
    """Closes what was pending when the status changes; a pending cancellation is closed for every kind."""
    durations: Mapping[str, DurationRule] = field(default_factory=dict[str, DurationRule])
    """Those that only its clocks have, by name."""
    sale: Sale = field(default_factory=Sale)
    late: Mapping[str, Late] = field(default_factory=dict[str, Late])
    """By the code of the status."""
    waits: tuple[StaffWait, ...] = ()
    issue: Callable[[HotTransaction, OrderChange], Awaitable[None]] | None = None
    """Numbers and appends the document that a change ``issues``, in the transaction of the change."""
    settles: Callable[[HotTransaction, OrderChange], Awaitable[None]] | None = None
    """What follows for other things, such as the listing and the offers on it, where a change ``settles``: locks
    them, and appends what becomes of them, in the transaction of the change."""
    evidence_only: bool = False
    """Whether its parties, while it is disputed, write each message with a file."""
    parcels: Parcels | None = None
    personal: Personal | None = None
    proofs: Proofs | None = None
    """None where nothing is paid by hand."""
    named_in: Callable[[UUID], ColumnElement[bool]] | None = None
    """Orders whose details name this file, which their parties may therefore see; by an index."""

    asked: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    """What is asked for in a status, as the statuses that a payment leads to; only where one can be made."""
    disputed: frozenset[str] = field(init=False, repr=False, compare=False)
    """Statuses in which the money is frozen."""
    followed: frozenset[str] = field(init=False, repr=False, compare=False)
    """Statuses in which a carrier's word is waited for."""
    read_details: Callable[[str], msgspec.Struct] = field(init=False, repr=False, compare=False)
    """The details in a row, from the JSON that is stored."""

    def __post_init__(self) -> None:
        asked: dict[str, set[str]] = {}
        for row in self.table.rows:
            if row.start is not None and row.action == CAPTURE:
                asked.setdefault(row.start.code, set()).update(to.code for to in self.table.targets(row))
        followed = {row.start.code for row in self.table.rows if row.start and By.TRACKING in row.by}
        object.__setattr__(self, "asked", {status: frozenset(to) for status, to in asked.items()})
        object.__setattr__(self, "disputed", frozenset(status.code for status in disputes(self.table.rows)))
        object.__setattr__(self, "followed", frozenset(followed))
        object.__setattr__(self, "read_details", msgspec.json.Decoder(self.details).decode)

    @property
    def name(self) -> str:
        """Its code in the API."""
        return self.table.name

    def stage(self, status: str) -> str:
        """The word beside a status that users know."""
        return self.table.by_code[status].stage
