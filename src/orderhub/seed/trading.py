"""The professional sellers of the sample data: one whom staff have verified, two who wait."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.samples import CHLOE, LEA, MOUSSA, YANNICK, SamplePerson, Traders
from orderhub.domain.traders.facts import TraderFacts, check_facts
from orderhub.domain.traders.models import Trader, TraderStatus

_STUDIO: Final = TraderFacts(
    name="Studio Konaté",
    registration_number="CI-ABJ-2021-B-12345",
    vat_number=None,
    address=PostalAddress(
        name="Moussa Konaté",
        company="Studio Konaté",
        line1="Plateau, avenue Chardy, immeuble Alpha",
        city="Abidjan",
        country="CI",
        phone="07 07 12 34 56",
    ),
)
_MOVERS: Final = TraderFacts(
    name="Morel Déménagements",
    registration_number="404 833 048",
    vat_number="FR 83 404 833 048",
    address=PostalAddress(
        name="Yannick Morel", line1="14 quai des Chartrons", postcode="33000", city="Bordeaux", country="FR"
    ),
)
_TRANSLATORS: Final = TraderFacts(
    name="Léa Fontaine Traductions",
    registration_number="552 100 554",
    vat_number=None,
    address=PostalAddress(name="Léa Fontaine", line1="3 rue Nationale", postcode="59000", city="Lille", country="FR"),
)


async def write_traders(session: AsyncSession, now: datetime) -> None:
    """Moussa is a trader; Yannick and Léa wait for staff."""
    session.add(_verified(MOUSSA, Traders.VERIFIED, _STUDIO, now - timedelta(days=30)))
    session.add(_submitted(YANNICK, Traders.TO_VERIFY, _MOVERS, now - timedelta(hours=20)))
    session.add(_submitted(LEA, Traders.TO_REFUSE, _TRANSLATORS, now - timedelta(hours=3)))
    await session.flush()


def _submitted(person: SamplePerson, submission_id: UUID, said: TraderFacts, at: datetime) -> Trader:
    facts = check_facts(said).document()
    return Trader(account_id=person.id, id=submission_id, status=TraderStatus.PENDING.value, submitted_at=at, **facts)


def _verified(person: SamplePerson, submission_id: UUID, said: TraderFacts, at: datetime) -> Trader:
    trader = _submitted(person, submission_id, said, at)
    trader.status, trader.decided_at, trader.decided_by = TraderStatus.VERIFIED.value, at, CHLOE.id
    trader.verified, trader.verified_at = check_facts(said).document(), at
    return trader
