"""Stages: the few words beside a status that users know (docs/rules.md, Words)."""

from typing import Final

from orderhub.domain.orders.kinds import ORDER_PROCESSES
from orderhub.domain.orders.state import OrderState
from orderhub.kit.text import Label

STAGES: Final = {
    "awaiting": Label("En attente", "Awaiting"),
    "awaiting_validation": Label("En attente de validation", "Awaiting validation"),
    "confirmed": Label("Confirmée", "Confirmed"),
    "arrived": Label("Arrivée", "Arrived"),
    "in_progress": Label("En cours", "In progress"),
    "delivered": Label("Livrée", "Delivered"),
    "disputed": Label("En litige", "Disputed"),
    "completed": Label("Terminée", "Completed"),
    "cancelled": Label("Annulée", "Cancelled"),
}


UNDER_WAY: Final = frozenset({"in_progress", "confirmed", "purchased", "in_transit"})
"""Statuses in which what is past its due date is late: a seller works, or staff purchase and ship."""


def stage_of(order: OrderState) -> str:
    """The stage of an order; a disputed one shows the stage that it left."""
    status = order.resume_status or order.status
    return ORDER_PROCESSES[order.kind].by_code[status].stage


def statuses_of(stage: str) -> frozenset[str]:
    """Every status, of whichever kind, that belongs to a stage."""
    return frozenset(
        status.code
        for process in ORDER_PROCESSES.values()
        for status in process.statuses
        if status.stage == stage and status.code != "disputed"
    )
