"""Sourced orders in memory: of every status, with two lines."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from msgspec import structs

from orderhub.domain.orders.kinds import durations
from orderhub.domain.orders.kinds.sourced.details import LineChange, PendingProof, SourcedDetails, details_of
from orderhub.domain.orders.kinds.sourced.placing import Agreed, order_of
from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.orders.state import OrderState
from orderhub.domain.policies.policy import Policy
from orderhub.domain.proforma.draft import DraftLine, Fee, FlatFreight, PaymentInstruction, ProformaDraft
from orderhub.domain.proforma.pricing import priced
from orderhub.kit.ids import new_id, show_id
from tests.kinds.people import AWA, NOW
from tests.making.documents import OPERATOR

TERMS: Final = {
    "change": "PT72H",
    "deposit": "PT72H",
    "escalation": "P30D",
    "first_unpaid_reminder": "P3D",
    "postponement": "P7D",
    "receipt": "P7D",
    "second_unpaid_reminder": "P7D",
    "sourced_cancellation": "PT72H",
    "third_unpaid_reminder": "P14D",
}
assert set(TERMS) <= durations().keys()
POLICY: Final = Policy(1, TERMS, (), {}, (1, 2, 3, 4, 5), 1)
HASH: Final = "ab" * 32


def content(currency: str = "EUR", **settings: Any) -> dict[str, Any]:
    """Sandals and a scarf, a fee and freight; 40 % in advance, but for what is said otherwise."""
    return priced(replace(_draft(currency), **settings))


def _draft(currency: str) -> ProformaDraft:
    return ProformaDraft(
        currency=currency,
        lines=(
            DraftLine(show_id("lin", new_id()), None, "Sandales", None, None, 2, 4_590, 2000),
            DraftLine(show_id("lin", new_id()), None, "Foulard", None, None, 1, 1_200, 2000),
        ),
        fees=(Fee("Frais de service", 900),),
        freight=FlatFreight(1_850),
        deposit_percent=40,
        valid_for=timedelta(days=7),
        purchase_by=date(2026, 11, 30),
        arrive_by=date(2026, 12, 13),
        payment_instructions=(PaymentInstruction("transfer", "Banque", "FR76 …"),),
    )


def a_sourced_order(status: str = "awaiting_deposit", **fields: Any) -> OrderState:
    """Awa accepted a proforma of the house."""
    return replace(_accepted(content()), **({"status": status} | fields))


def placed(**settings: Any) -> OrderState:
    """The same of one line, priced so."""
    one: dict[str, Any] = {"lines": _draft("EUR").lines[:1]}
    return _accepted(content(**(one | settings)))


def _accepted(said: dict[str, Any]) -> OrderState:
    agreed = Agreed(
        new_id(), 1, "PF-2026-000001", said, NOW + timedelta(days=7), AWA, "Sandales (+1)", {"country": "FR"}
    )
    return order_of(agreed, POLICY, OPERATOR, NOW)


def on_the_way(status: str, **fields: Any) -> OrderState:
    """The same, paid as far as its status says."""
    order = a_sourced_order(status)
    details = details_of(order)
    owes = status in ("confirmed", "purchased", "in_transit", "arrived", "awaiting_balance", "balance_review")
    held = 0 if "deposit" in status else details.deposit if owes else order.total
    if status.endswith("_review"):
        details = with_proof(details)
    if status in ("ready", "out_for_delivery"):
        details = structs.replace(details, pick_up_code="04815162")
    funds = [{"payment_id": str(new_id()), "held": held}] if held else []
    paid: dict[str, Any] = {"held": held, "funds": funds, "paid_at": NOW if held else None, "details": details}
    return replace(order, **(paid | fields))


def with_proof(details: SourcedDetails) -> SourcedDetails:
    """A proof is under review."""
    proof = PendingProof(
        id=new_id(), payment_id=new_id(), payment_version=2, file_id=new_id(), sha256=HASH, at=NOW, via="mail"
    )
    return structs.replace(details, proof=proof)


def with_change(order: OrderState, line: int = 0, **proposed: Any) -> OrderState:
    """Another price is proposed for a line."""
    change = LineChange(new_id(), NOW, order.lines[line]["id"], proposed or {"unit_price": 5_000}, "Rupture.")
    return with_details(order, change=change)


def with_details(order: OrderState, **details: Any) -> OrderState:
    """Some of the details are others."""
    return replace(order, details=structs.replace(details_of(order), **details))


def standing(status: str) -> OrderState:
    """In that status, paid as far as it says."""
    return on_the_way(status, final_at=NOW if status in SOURCED.final else None)
