"""What every kind of order has besides its own: rows, and words for how an order stands and ends."""

from collections.abc import Mapping, Sequence
from typing import Final

from orderhub.domain.orders import effects, guards
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Effect, Escrow, Guard, Row, Status, Target
from orderhub.kit.text import Label

SUPPORT: Final = frozenset({By.SUPPORT})
PROVIDER: Final = frozenset({By.PROVIDER})
DISPUTED: Final = "disputed"
STAGES: Final = {
    DISPUTED: Label("En litige", "Disputed"),
    "completed": Label("Terminée", "Completed"),
    "cancelled": Label("Annulée", "Cancelled"),
}
Restores = Sequence[tuple[Guard[Facts] | None, Escrow]]
"""What a chargeback that is won does with the money, by guard."""
RESTORE: Final[Restores] = ((None, Escrow.RESTORE),)
NO_SURPLUS: Final[Mapping[Status, Restores]] = {}
RELEASES: Final = (Escrow.RELEASE, Escrow.SPLIT)


def rows_for(
    rows: Sequence[Row[Facts]],
    *,
    parties: frozenset[By],
    held: Sequence[Status] = (),
    resumable: Sequence[Status] = (),
    restores: Mapping[Status, Restores] = NO_SURPLUS,
) -> tuple[Row[Facts], ...]:
    """`report_problem` and `close_case` in every status that the kind's own rows leave.

    A problem that is reported where a clock would release the money postpones that.

    A kind with disputes accepts a chargeback wherever money is ``held`` (docs/rules.md, Money): it leads to the dispute, and one that
    is won brings the money back, also where the dispute has let the order go on to. ``restores`` says of a status
    what that does where it does more than hold it again.
    """
    left = dict.fromkeys(row.start for row in rows if row.start is not None and row.to is not Target.SAME)
    # fmt: off
    return (
        *(Row(status, "report_problem", parties, guards.ROOM_TO_REPORT, Target.SAME, None, None, _reported(rows, status), ("reason",)) for status in left),
        *(Row(status, "close_case",     SUPPORT, guards.CASE_OPEN,      Target.SAME, None, None, (effects.close_case,),   ("resolution",)) for status in left),
        *(row for disputed in disputes(rows) for row in _charged_back(disputed, held, resumable, restores)),
    )
    # fmt: on


def disputes(rows: Sequence[Row[Facts]]) -> tuple[Status, ...]:
    """The statuses that freeze the money until staff rule: where the rows lead that do so."""
    found = (row.to for row in rows if row.escrow is Escrow.FREEZE)
    return tuple(dict.fromkeys(to for to in found if isinstance(to, Status) and to.stage == DISPUTED))


def _reported(rows: Sequence[Row[Facts]], status: Status) -> tuple[Effect, ...]:
    releases = any(row.start == status and row.clock is not None and row.escrow in RELEASES for row in rows)
    return (effects.report_problem, effects.postpone) if releases else (effects.report_problem,)


def _charged_back(
    disputed: Status,
    held: Sequence[Status],
    resumable: Sequence[Status],
    restores: Mapping[Status, Restores],
) -> tuple[Row[Facts], ...]:
    case = (effects.open_chargeback_case,)
    # fmt: off
    return (
        *(Row(status,   "charge_back",     PROVIDER, guards.CHARGED_BACK, disputed,    Escrow.CHARGE_BACK, None, (effects.dispute, *case)) for status in held),
        Row(disputed,   "charge_back",     PROVIDER, guards.CHARGED_BACK, Target.SAME, Escrow.CHARGE_BACK, None, case),
        *(Row(status,   "win_charge_back", PROVIDER, guard,               Target.SAME, restored) for status in (*resumable, disputed) for guard, restored in restores.get(status, RESTORE)),
    )
    # fmt: on
