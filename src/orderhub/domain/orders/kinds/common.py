"""Rows that every order process has besides its own (docs/rules.md, The tables)."""

from collections.abc import Sequence

from orderhub.domain.orders import effects, guards
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Escrow, Row, Status, Target

SUPPORT = frozenset({By.SUPPORT})
PROVIDER = frozenset({By.PROVIDER})


def rows_for(
    statuses: Sequence[Status],
    parties: frozenset[By],
    held: Sequence[Status],
    disputed: Status,
    after_dispute: Sequence[Status],
) -> tuple[Row[Facts], ...]:
    """`report_problem` and `close_case` in every status that isn't final.

    A chargeback is accepted wherever money is held (docs/rules.md, Money): it leads to the dispute, and
    one that is won brings the money back, also where the dispute has let the order go on to.
    """
    entering, case = (effects.dispute,), (effects.open_chargeback_case,)
    # fmt: off
    return (
        *(Row(status,   "report_problem",  parties,  None,                Target.SAME, None,               None, (effects.report_problem,), ("reason",)) for status in statuses),
        *(Row(status,   "close_case",      SUPPORT,  guards.CASE_OPEN,    Target.SAME, None,               None, (effects.close_case,), ("resolution",)) for status in statuses),
        *(Row(status,   "charge_back",     PROVIDER, guards.CHARGED_BACK, disputed,    Escrow.CHARGE_BACK, None, (*entering, *case))                  for status in held),
        Row(disputed,   "charge_back",     PROVIDER, guards.CHARGED_BACK, Target.SAME, Escrow.CHARGE_BACK, None, case),
        *(Row(status,   "win_charge_back", PROVIDER, None,                Target.SAME, Escrow.RESTORE) for status in (*after_dispute, disputed)),
    )
    # fmt: on
