"""Stages: the few words beside a status that users know (docs/rules.md, Words)."""

from typing import Final

from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.kinds.common import STAGES as ENDINGS
from orderhub.domain.orders.state import OrderState
from orderhub.kit.text import Label

_ALL: Final = {code: label for kind in KINDS.values() for code, label in kind.words.stages.items()}
_OWN: Final = tuple(s.stage for kind in KINDS.values() for s in kind.table.statuses if s.stage not in ENDINGS)
STAGES: Final[dict[str, Label]] = {code: _ALL[code] for code in dict.fromkeys((*_OWN, *ENDINGS))}
"""By code, in the order of an order's life; kinds that share a stage say it in the same words."""


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
