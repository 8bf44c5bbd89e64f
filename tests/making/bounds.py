"""Other bounds than the usual ones, as staff set them."""

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.orders.kinds import durations
from orderhub.domain.policies import queries
from orderhub.domain.policies.service import Change, change_settings
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database


async def set_bounds(database: Database, **bounds: int) -> None:
    """Let there be so many of each from now on, committed."""
    async with database.session() as session:
        policy = await queries.current(session)
        await change_settings(
            session,
            Change(HOUSE_ID, await business_now(session)),
            durations=policy.durations,
            fees=policy.fees,
            working_days=policy.working_days,
            bounds=bounds,
            rules=durations(),
        )
