"""Leads a sourced order on, as staff would: each step is the row of the table, taken by the engine."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from orderhub.domain.orders import engine
from orderhub.domain.orders.kinds.sourced.details import details_of
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.models import Order
from orderhub.domain.process import By
from orderhub.infra.database import Database
from tests.making.documents import OPERATOR

_FINANCE: Final = ("reject_proof", "confirm_deposit", "confirm_balance", "issue_final_invoice")


async def lead_order(database: Database, order_id: UUID, *actions: str) -> Order:
    """Take these rows one after the other; the order after the last."""
    for action in actions:
        by = By.FINANCE if action in _FINANCE else By.SUPPORT
        command = _command(await order_of(database, order_id), action)
        assert await engine.take_unasked(database, order_id, by, action, command, OPERATOR), action
    return await order_of(database, order_id)


async def order_of(database: Database, order_id: UUID) -> Order:
    """The order as it stands."""
    async with database.session() as session:
        return await session.get_one(Order, order_id)


def _command(order: Order, action: str) -> Mapping[str, Any]:
    details = details_of(state_of(order))
    seen = {"proof_sha256": details.proof.sha256} if details.proof else {}
    commands: dict[str, dict[str, Any]] = {
        "reject_proof": {**seen, "reason": "Le reçu est illisible."},
        "confirm_deposit": {**seen, "received": _money(order, details.deposit), "reference": f"A {order.id}"},
        "confirm_balance": {**seen, "received": _money(order, order.total - order.held), "reference": f"S {order.id}"},
        "purchase": {"lines": [{"line_id": line["id"], "supplier_reference": "SAN-1"} for line in order.lines]},
        "receive": {"lines": [{"line_id": line["id"], "counted": line["quantity"]} for line in order.lines]},
        "issue_final_invoice": {"fees": details.fees, "freight": details.freight},
        "dispatch": {"carrier": "Colissimo", "tracking_number": "6A 1234 5678 901"},
    }
    return commands.get(action, {})


def _money(order: Order, amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": order.currency}
