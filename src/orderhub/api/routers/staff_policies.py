"""What staff may change: settings, commissions, holidays and terms. Every change is a new version, and audited."""

from typing import Annotated, Final

from fastapi import Depends, Response

from orderhub.api.dependencies import AskedLanguage, DatabaseSession
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.staff_charges import ProtectionIn, ProtectionOut, ShippingIn, ShippingOut
from orderhub.api.schemas.staff_policies import (
    CommissionsIn,
    CommissionsOut,
    HolidaysIn,
    HolidaysOut,
    SettingsIn,
    SettingsOut,
)
from orderhub.api.schemas.terms import StaffTermsOut, TermsIn
from orderhub.api.staff_permissions import Admin, Finance, OfAdmin, OfFinance
from orderhub.api.versions import ExpectedVersions, show_version
from orderhub.domain.orders.kinds import KINDS, durations
from orderhub.domain.policies import queries, service
from orderhub.domain.policies.errors import PolicyRacedError, PolicyStaleError
from orderhub.domain.policies.service import Change
from orderhub.infra.business_clock import business_now

router = Router(prefix="/staff")

DURATIONS: Final = durations()
"""Within which bounds each may be set."""
SALES: Final = {name: kind.sale for name, kind in KINDS.items()}
"""What a commission may be set for."""

REFUSALS: Final = problems(PolicyRacedError, PolicyStaleError)


async def admin_change(session: DatabaseSession, caller: Admin, expected: ExpectedVersions) -> Change:
    """A change by an admin."""
    return Change(caller.account_id, await business_now(session), expected)


async def finance_change(session: DatabaseSession, caller: Finance, expected: ExpectedVersions) -> Change:
    """A change by finance."""
    return Change(caller.account_id, await business_now(session), expected)


ByAdmin = Annotated[Change, Depends(admin_change)]
ByFinance = Annotated[Change, Depends(finance_change)]


@router.get("/settings", summary="Read the settings", dependencies=[OfAdmin])
async def get_staff_settings(session: DatabaseSession, language: AskedLanguage, response: Response) -> SettingsOut:
    """Durations, fees, working days and bounds that new orders will copy, and within which bounds they may be set."""
    policy = await queries.current(session)
    show_version(response, policy.version)
    return SettingsOut.of(policy, DURATIONS, language)


@router.put("/settings", summary="Change the settings", responses=REFUSALS)
async def update_staff_settings(
    session: DatabaseSession, change: ByAdmin, language: AskedLanguage, body: SettingsIn, response: Response
) -> SettingsOut:
    """Replace durations, fees and working days for new orders, and the bounds that are named.

    A deadline already promised never moves; an order keeps the bounds that it began with.
    """
    policy = await service.change_settings(
        session,
        change,
        durations=body.durations,
        fees=body.fees,
        working_days=body.working_days,
        bounds=body.bounds,
        rules=DURATIONS,
    )
    show_version(response, policy.version)
    return SettingsOut.of(policy, DURATIONS, language)


@router.get("/commissions", summary="Read the commissions", dependencies=[OfFinance])
async def get_staff_commissions(session: DatabaseSession, response: Response) -> CommissionsOut:
    """What the hub keeps of each release, by kind and category: the most specific rule wins."""
    policy = await queries.current(session)
    show_version(response, policy.version)
    return CommissionsOut.of(policy)


@router.put("/commissions", summary="Change the commissions", responses=REFUSALS)
async def update_staff_commissions(
    session: DatabaseSession, change: ByFinance, body: CommissionsIn, response: Response
) -> CommissionsOut:
    """Replace the rules for new orders; those already placed keep the commission they were placed with."""
    rules = [rule.rule() for rule in body.rules]
    policy = await service.change_commissions(session, change, rules, sales=SALES)
    show_version(response, policy.version)
    return CommissionsOut.of(policy)


@router.get("/shipping", summary="Read the prices of shipping", dependencies=[OfFinance])
async def get_staff_shipping(session: DatabaseSession, response: Response) -> ShippingOut:
    """What sending items costs, by currency, parcel and zone."""
    policy = await queries.current(session)
    show_version(response, policy.version)
    return ShippingOut.of(policy)


@router.put("/shipping", summary="Change the prices of shipping", responses=REFUSALS)
async def update_staff_shipping(
    session: DatabaseSession, change: ByFinance, body: ShippingIn, response: Response
) -> ShippingOut:
    """Replace them for new orders; those already placed keep theirs."""
    policy = await service.change_shipping(session, change, body.shipping())
    show_version(response, policy.version)
    return ShippingOut.of(policy)


@router.get("/protection", summary="Read the protection fee", dependencies=[OfFinance])
async def get_staff_protection(session: DatabaseSession, response: Response) -> ProtectionOut:
    """What the buyer's protection costs on items: a fixed part, and a share of the price."""
    policy = await queries.current(session)
    show_version(response, policy.version)
    return ProtectionOut.of(policy)


@router.put("/protection", summary="Change the protection fee", responses=REFUSALS)
async def update_staff_protection(
    session: DatabaseSession, change: ByFinance, body: ProtectionIn, response: Response
) -> ProtectionOut:
    """Replace it for new orders; those already placed keep theirs."""
    policy = await service.change_protection(session, change, body.protection())
    show_version(response, policy.version)
    return ProtectionOut.of(policy)


@router.get("/holidays", summary="Read the holidays", dependencies=[OfAdmin])
async def get_staff_holidays(session: DatabaseSession, response: Response) -> HolidaysOut:
    """The public holidays of the house, which are no working days."""
    policy = await queries.current(session)
    show_version(response, policy.version)
    return HolidaysOut.of(policy, await queries.holidays(session))


@router.put("/holidays", summary="Change the holidays", responses=REFUSALS)
async def update_staff_holidays(
    session: DatabaseSession, change: ByAdmin, body: HolidaysIn, response: Response
) -> HolidaysOut:
    """Replace the public holidays. A year without any is filled with its country's at the next start."""
    policy = await service.change_holidays(session, change, {entry.day: entry.label for entry in body.holidays})
    show_version(response, policy.version)
    return HolidaysOut.of(policy, await queries.holidays(session))


@router.get("/terms", summary="Read the terms in both languages", dependencies=[OfAdmin])
async def get_staff_terms(session: DatabaseSession, response: Response) -> StaffTermsOut:
    """The terms in force."""
    terms = await queries.current_terms(session)
    show_version(response, terms.version)
    return StaffTermsOut.of(terms)


@router.put("/terms", summary="Publish new terms", responses=REFUSALS)
async def update_staff_terms(
    session: DatabaseSession, change: ByAdmin, body: TermsIn, response: Response
) -> StaffTermsOut:
    """Publish a new version of the terms. What was accepted before stays accepted in its own version."""
    terms = await service.publish_terms(session, change, french=body.text.fr, english=body.text.en)
    show_version(response, terms.version)
    return StaffTermsOut.of(terms)
