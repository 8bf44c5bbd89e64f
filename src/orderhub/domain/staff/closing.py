"""Who may close a case, and how.

What a running order counts as its own (reported problems, chargebacks) closes through the order's row
``close_case``; everything else by itself. Nobody closes a case about their own order or conversation.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases import queries, service
from orderhub.domain.cases.errors import CaseClosedError
from orderhub.domain.cases.models import Case
from orderhub.domain.catalog.models import Listing
from orderhub.domain.flags.models import Flag
from orderhub.domain.messages.models import Conversation
from orderhub.domain.orders import engine
from orderhub.domain.orders.case_closing import COUNTED
from orderhub.domain.orders.conditions import of_party
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.orders.models import Order
from orderhub.domain.process import Actor
from orderhub.domain.refusals import StaffPartyError
from orderhub.domain.requests.caller import Caller
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.kit.errors import ConflictError, StaleError
from orderhub.kit.text import Label

_TRIES: Final = 3
"""How often a closing is tried again when its order changes meanwhile."""


async def close(session: AsyncSession, database: Database, caller: Caller, case_id: UUID, resolution: str) -> Case:
    """Close a case with what was decided.

    Raises CaseNotFoundError, CaseClosedError, StaffPartyError, and the refusals of the order's table.
    """
    for _ in range(_TRIES):
        version = await running_version(session, case_id)
        case = await take(session, case_id, caller.account_id)
        if case.order_id is None or version is None:
            at = await business_now(session)
            return await service.close(session, case_id, by=caller.account_id, resolution=resolution, at=at)
        command = {"case_id": case_id, "resolution": resolution}
        try:
            await engine.perform(
                database, caller, case.order_id, "close_case", command, _unshown, expected_version=frozenset({version})
            )
        except StaleError:
            continue
        return await queries.find(session, case_id)
    raise ConflictError(
        Label(
            "Cette commande change très vite. Relisez le dossier, puis décidez.",
            "This order is changing very fast. Read the case again, then decide.",
        ),
        retry_after=1,
    )


def _unshown(_loaded: Loaded, _actor: Actor) -> bytes:
    """No form of the order: the answer is the case."""
    return b""


async def take(session: AsyncSession, case_id: UUID, by: UUID) -> Case:
    """An open case that this member of staff may close.

    Raises CaseNotFoundError, CaseClosedError, and StaffPartyError for a party of what it is about.
    """
    case = await queries.find(session, case_id)
    if case.closed_at is not None:
        raise CaseClosedError(
            Label(
                "Ce dossier est déjà clos ; sa résolution dit comment.",
                "This case was closed before; its resolution says how.",
            ),
            resolution=case.resolution,
        )
    if await _is_party(session, case, by):
        raise StaffPartyError
    return case


async def running_version(session: AsyncSession, case_id: UUID) -> int | None:
    """The version of the order that counts this case; None where none does, or it is final.

    Read before the case itself: a case seen open after it was open at this version, too, and is so
    as long as the order stays at it.
    """
    wanted = (
        select(Order.version)
        .join(Case, Case.order_id == Order.id)
        .where(Case.id == case_id, Case.kind.in_(COUNTED), Order.final_at.is_(None))
    )
    return await session.scalar(wanted)


async def _is_party(session: AsyncSession, case: Case, account_id: UUID) -> bool:
    of_order = exists().where(Order.id == case.order_id, of_party(account_id))
    its_order = exists().where(Order.id == Conversation.order_id, of_party(account_id))
    of_conversation = exists().where(
        Flag.case_id == case.id,
        Conversation.id == Flag.conversation_id,
        or_(Conversation.buyer_id == account_id, Conversation.seller_id == account_id, its_order),
    )
    written = exists().where(Flag.case_id == case.id, Flag.account_id == account_id)
    sells = exists().where(Flag.case_id == case.id, Listing.id == Flag.listing_id, Listing.seller_id == account_id)
    return bool(await session.scalar(select(or_(of_order, of_conversation, written, sells))))
