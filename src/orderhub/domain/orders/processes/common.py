"""Rows that every order process has besides its own (product.md, The tables)."""

from collections.abc import Iterable

from orderhub.domain.orders import effects, guards
from orderhub.domain.orders.state import Facts
from orderhub.domain.process import By, Escrow, Row, Status, Target

SUPPORT = frozenset({By.SUPPORT})
PROVIDER = frozenset({By.PROVIDER})


def rows_for(
    statuses: Iterable[Status], parties: frozenset[By], held: Iterable[Status], disputed: Status
) -> tuple[Row[Facts], ...]:
    """`report_problem` and `close_case` in every status that isn't final.

    A chargeback is accepted wherever money is held (product.md, Money): it leads to the dispute, and
    one that is won brings the money back.
    """
    rows: list[Row[Facts]] = []
    for status in statuses:
        rows += [
            Row(
                status,
                "report_problem",
                parties,
                None,
                Target.SAME,
                effects=(effects.report_problem,),
                needs=("reason",),
            ),  # noqa: E501
            Row(
                status,
                "close_case",
                SUPPORT,
                guards.CASE_OPEN,
                Target.SAME,
                effects=(effects.close_case,),
                needs=("resolution",),
            ),  # noqa: E501
        ]
    for status in held:
        to = Target.SAME if status is disputed else disputed
        entering = () if status is disputed else (effects.dispute,)
        rows.append(
            Row(
                status,
                "charge_back",
                PROVIDER,
                guards.CHARGED_BACK,
                to,
                Escrow.CHARGE_BACK,
                effects=(*entering, effects.open_chargeback_case),
            )
        )
    rows.append(Row(disputed, "win_charge_back", PROVIDER, None, Target.SAME, Escrow.RESTORE))
    return tuple(rows)
