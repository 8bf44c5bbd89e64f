"""The public holidays that an installation begins with; staff change them afterwards."""

from collections.abc import Iterable, Mapping
from datetime import date

from holidays import country_holidays
from sqlalchemy import extract, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.audit import log
from orderhub.domain.policies.models import Holiday
from orderhub.infra.business_clock import business_now


async def seed_policies(session: AsyncSession, country: str, years: Iterable[int]) -> int:
    """Add the public holidays of each year that has none yet; answers how many days were added.

    Runs at every start, from several processes at once: a year that staff have touched stays as it
    is. A country that has no known holidays begins without; staff write their own.
    """
    known = await session.scalars(select(extract("year", Holiday.day)).distinct())
    missing = set(years) - {int(year) for year in known}
    days = _public_holidays(country, missing)
    if not days:
        return 0
    rows = [{"day": day, "label": label} for day, label in sorted(days.items())]
    added = await session.scalars(insert(Holiday).on_conflict_do_nothing().returning(Holiday.day), rows)
    shown = {day.isoformat(): days[day] for day in sorted(added)}
    if shown:
        log.record(
            session,
            account_id=None,
            action="holidays.seeded",
            subject="holidays",
            before=None,
            after={"country": country, "holidays": shown},
            at=await business_now(session),
        )
    return len(shown)


def _public_holidays(country: str, years: Iterable[int]) -> Mapping[date, str]:
    wanted = set(years)
    if not wanted:
        return {}
    try:
        found = country_holidays(country, years=wanted, expand=False, language="fr")
    except NotImplementedError:
        return {}
    # Observed days off may fall into a neighbouring year: they come with that year.
    return {day: label for day, label in found.items() if day.year in wanted}
