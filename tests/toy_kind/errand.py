"""A kind of order in one folder, which nothing in the product knows: somebody runs an errand for a buyer.

Five rows of its own. `registered.py` adds it to the kinds before anything is made of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from msgspec import Struct, structs
from sqlalchemy import Uuid, bindparam, select

from orderhub.domain.accounts.models import Account
from orderhub.domain.orders import shown
from orderhub.domain.orders.change import OrderChange
from orderhub.domain.orders.clocks import BUYER, SELLER, in_status, postponable
from orderhub.domain.orders.effects import mark_paid
from orderhub.domain.orders.guards import captured_total
from orderhub.domain.orders.kinds import common
from orderhub.domain.orders.kinds.kind import (
    Beginning,
    Due,
    Kind,
    Late,
    Personal,
    Placing,
    Shown,
    StaffWait,
    WaitKind,
    Words,
)
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import By, Escrow, Guard, Process, Row, Status
from orderhub.domain.wording import words
from orderhub.kit.errors import NotFoundError
from orderhub.kit.ids import new_id, show_id
from orderhub.kit.text import Label

B, S, P, H, PAY = (frozenset({by}) for by in (By.BUYER, By.SELLER, By.SHOP, By.CLOCK, By.PROVIDER))


class ErrandDetails(Struct, frozen=True, omit_defaults=True):
    """What only an errand has."""

    what: str
    handed_in_at: datetime | None = None


def details_of(order: OrderState) -> ErrandDetails:
    details = order.details
    assert isinstance(details, ErrandDetails)
    return details


def _note_hand_in(change: OrderChange) -> None:
    change.order.details = structs.replace(details_of(change.order), handed_in_at=change.now)


def _begin_errand(change: OrderChange) -> None:
    change.order.due_at = change.now + timedelta(days=2)


OF_ANOTHER: Final = Guard[Facts](
    "own_errand",
    Label("d’une autre personne", "somebody else's"),
    lambda facts: facts.order.buyer_id != facts.order.seller_id,
)
PAID: Final = Guard[Facts]("errand_amount", Label("montant encaissé = prix", "captured = price"), captured_total)

# fmt: off
to_pay    = Status("to_pay",    "asked",     Label("À payer", "To pay"), Label("Le client paie.", "The buyer pays."), "grey")
under_way = Status("under_way", "running",   Label("En route", "Under way"), Label("La course est faite.", "The errand is run."), "blue")
handed_in = Status("handed_in", "running",   Label("Remise", "Handed in"), Label("C’est remis.", "It is handed in."), "violet")
paid_out  = Status("paid_out",  "completed", Label("Terminée", "Completed"), Label("C’est payé.", "It is paid."), "green", fulfilled=True)
dropped   = Status("dropped",   "cancelled", Label("Annulée", "Cancelled"), Label("C’est annulé.", "It is off."), "black")

ROWS: tuple[Row[Facts], ...] = (
    #   from       action             by   guard       to         escrow          clock                     effects
    Row(None,      "place",           B | P, OF_ANOTHER, to_pay),
    Row(to_pay,    "confirm_payment", PAY, PAID,       under_way, Escrow.HOLD,    None,                     (mark_paid, _begin_errand)),
    Row(to_pay,    "expire",          H,   None,       dropped,   None,           in_status("payment", BUYER)),
    Row(under_way, "hand_in",         S,   None,       handed_in, None,           None,                     (_note_hand_in,)),
    Row(handed_in, "auto_accept",     H,   None,       paid_out,  Escrow.RELEASE, postponable("approval")),
)
# fmt: on
ERRAND: Final = Process[Facts](
    name="errand",
    statuses=(to_pay, under_way, handed_in, paid_out, dropped),
    start=to_pay,
    rows=(*ROWS, *common.rows_for(ROWS, parties=B | S | P)),
)


@dataclass(frozen=True, slots=True)
class WantedErrand:
    """Who runs which errand at which price."""

    seller_id: UUID
    what: str
    price: int
    currency: str
    order_id: UUID = field(default_factory=new_id)
    conversation_id: UUID = field(default_factory=new_id)

    def values(self) -> Mapping[str, Any]:
        """The parameter of the statement that finds whoever runs it."""
        return {"runner_id": self.seller_id}


def _begin(_row: Any, wanted: WantedErrand, beginning: Beginning) -> OrderState:
    now, policy = beginning.now, beginning.policy
    return OrderState(
        id=wanted.order_id,
        kind=ERRAND.name,
        status=ERRAND.start.code,
        version=1,
        buyer_id=beginning.buyer_id,
        seller_id=beginning.seller_id,
        listing_id=None,
        conversation_id=wanted.conversation_id,
        title=wanted.what,
        category="errand",
        photo_file_id=None,
        currency=wanted.currency,
        total=wanted.price,
        held=0,
        lines=[{"id": show_id("lin", new_id()), "what": wanted.what, "costs": wanted.price}],
        funds=[],
        refunded=0,
        released=0,
        commission_basis_points=0,
        terms=policy.copied(),
        placed_at=now,
        status_since=now,
        clock_anchor=now,
        clock_shift=timedelta(),
        details=ErrandDetails(wanted.what),
    )


def _nobody() -> NotFoundError:
    return NotFoundError(Label("Personne ne fait de course sous cet id.", "Nobody runs errands under this id."))


def _due(order: OrderState) -> Sequence[Due]:
    return (Due(None, order.title, order.total, order.currency),) if order.status == to_pay.code else ()


def _line(line: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"id": line["id"], "title": line["what"], "price": line["costs"], "days": 0}


def _show(order: OrderState, role: str) -> dict[str, Any]:
    costs = shown.money(order.total, order.currency)
    details = details_of(order)
    return {
        "errand": {
            "what": details.what,
            "costs": None if role == "seller" else costs,
            "handed_in_at": shown.instant(details.handed_in_at),
        }
    }


TO_WATCH: Final = WaitKind("errand_to_watch", Label("Course à suivre", "Errand to watch"), "support")

ERRANDS: Final = Kind(
    table=ERRAND,
    details=ErrandDetails,
    placing=Placing(
        select(Account.id.label("seller_id")).where(Account.id == bindparam("runner_id", type_=Uuid())), _begin, _nobody
    ),
    due=_due,
    shown=Shown(_line, _show, {"errand": None}),
    words=Words(
        prefix="errand.",
        actions={
            "expire": words("Course non payée", "Errand not paid", "« {title} » est annulée.", "“{title}” is off."),
            "hand_in": words("Course faite", "Errand run", "{seller} a fait « {title} ».", "{seller} ran “{title}”."),
            "auto_accept": words("Course payée", "Errand paid", "« {title} » est payée.", "“{title}” is paid."),
        },
        reminders={
            "expire": words("À payer", "To be paid", "Payez « {title} ».", "Pay for “{title}”."),
            "auto_accept": words("Tout va bien ?", "All well?", "« {title} » sera payée.", "“{title}” will be paid."),
            "hand_in": words("À faire", "To be run", "« {title} » est attendue.", "“{title}” is awaited."),
        },
        stages={
            **{code: common.STAGES[code] for code in ("completed", "cancelled")},
            "asked": Label("Demandée", "Asked for"),
            "running": Label("En cours de route", "Running"),
        },
    ),
    late={under_way.code: Late("hand_in", SELLER, reminds=True)},
    waits=(StaffWait(TO_WATCH, under_way.code),),
    personal=Personal(lambda order, role: {"errand": details_of(order).what if role == "buyer" else None}),
)
