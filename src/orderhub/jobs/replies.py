"""Does what a recorded mail asks for."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from orderhub.domain.orders.settlement.mailed_proofs import submit_by_mail
from orderhub.domain.quotes.mailed import accept_by_mail
from orderhub.domain.replies.applying import Ways, apply
from orderhub.jobs.context import WorkerContext
from orderhub.kit.ids import parse_id


async def apply_mail(context: WorkerContext, payload: Mapping[str, Any]) -> None:
    """Accept a proforma, submit a proof, or open a case, once for each mail."""
    mail_id = parse_id("mai", payload["subject"])
    if mail_id is None:
        return
    accept = partial(accept_by_mail, operator=context.operator)
    await apply(context.database, mail_id, Ways(accept, submit_by_mail))
