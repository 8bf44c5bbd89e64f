"""What traders hold of a person, for the export and the erasure that the RGPD asks for."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.traders.models import Trader
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_trader(session: AsyncSession, account_id: UUID) -> dict[str, Any] | None:
    """What the person submitted and what is in force; None where they never submitted anything."""
    trader = await session.get(Trader, account_id, populate_existing=True)
    if trader is None:
        return None
    return {
        "submission_id": show_id("trd", trader.id),
        "name": trader.name,
        "registration_number": trader.registration_number,
        "vat_number": trader.vat_number,
        "address": trader.address,
        "status": trader.status,
        "submitted_at": show_instant(trader.submitted_at),
        "decided_at": trader.decided_at and show_instant(trader.decided_at),
        "reason": trader.reason,
        "verified": trader.verified,
        "verified_at": trader.verified_at and show_instant(trader.verified_at),
    }


async def erase_trader(session: AsyncSession, account_id: UUID) -> None:
    """Delete all of it."""
    await session.execute(
        delete(Trader).where(Trader.account_id == account_id), execution_options={"synchronize_session": False}
    )


TRADER = Holding(export_trader, erase_trader)
"""For `personal_data.register`."""
