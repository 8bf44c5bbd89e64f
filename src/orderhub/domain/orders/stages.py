"""Stages: the few words beside a status that users know (docs/rules.md, Words)."""

from typing import Final

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.state import OrderState
from orderhub.kit.text import Label

STAGES: Final[dict[str, Label]] = {code: label for kind in KINDS.values() for code, label in kind.words.stages.items()}
"""By code; kinds that share a stage say it in the same words."""


def stage_of(order: OrderState) -> str:
    """The stage of an order; a disputed one shows the stage that it left."""
    return KINDS[order.kind].stage(order.resume_status or order.status)


def statuses_of(stage: str) -> frozenset[str]:
    """Every status, of whichever kind, that belongs to a stage; a dispute is in the stage that was left."""
    return frozenset(
        status.code
        for kind in KINDS.values()
        for status in kind.table.statuses
        if status.stage == stage and status.code not in kind.disputed
    )
