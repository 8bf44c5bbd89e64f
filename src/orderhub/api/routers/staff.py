"""What staff read across orders: the queue, payments, refunds, the audit, the ledger's check."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query
from pydantic import Field

from orderhub.api.dependencies import AppParts, AskedLanguage, DatabaseSession
from orderhub.api.pages import PageParams, show_page
from orderhub.api.routing import Router
from orderhub.api.schemas.base import AccountId, Omittable, OrderId, PageOut, PaymentId
from orderhub.api.schemas.forms import Form
from orderhub.api.schemas.process_codes import PaymentStatus, RefundStatus, StaffWaitKind
from orderhub.api.schemas.staff import AuditOut, LedgerCheckOut, StaffPaymentOut, StaffRefundOut, WaitingOut
from orderhub.api.staff_permissions import OfAdmin, OfFinance, OfFinanceOrAdmin, OfStaff
from orderhub.domain.accounts.models import StaffRole
from orderhub.domain.audit import queries as audit
from orderhub.domain.escrow.check import check
from orderhub.domain.policies import queries as policies
from orderhub.domain.staff import money
from orderhub.domain.staff.queue import age, waiting
from orderhub.infra.business_clock import business_now
from orderhub.kit.text import Label

router = Router(prefix="/staff")

CodeFilter = Omittable[
    Annotated[
        str,
        Field(max_length=60),
        Form(
            "^[a-z][a-z0-9_.]*$",
            Label(
                "Envoyez un code comme il est montré : minuscules, chiffres, points.",
                "Send a code as it is shown: small letters, digits, dots.",
            ),
        ),
    ]
]
WaitFilter = Annotated[
    Omittable[StaffWaitKind],
    Query(description="Only what waits for this reason."),
]
SubjectFilter = Omittable[
    Annotated[
        str,
        Field(max_length=60),
        Form(
            "^[a-z][a-z0-9_]*$",
            Label("Envoyez un id comme il est montré, tel que `acc_…`.", "Send an id as it is shown, such as `acc_…`."),
        ),
    ]
]


@router.get("/queue", summary="See what waits for staff", dependencies=[OfStaff])
async def get_staff_queue(
    session: DatabaseSession,
    parts: AppParts,
    language: AskedLanguage,
    page: PageParams,
    kind: WaitFilter = None,
    role: Annotated[Omittable[StaffRole], Query(description="Only what is this role's work.")] = None,
) -> PageOut[WaitingOut]:
    """Quotes, proofs, traders, orders of the house, disputes, cases, flags, refused refunds: newest first."""
    found = await waiting(session, page, kind, role and role.value)
    now, policy = await business_now(session), await policies.current(session)
    calendar = await policies.working_calendar(session, ZoneInfo(parts.settings.house.time_zone))
    return show_page(found, lambda item: WaitingOut.of(item, age(item.since, now, calendar, policy), language))


@router.get("/payments", summary="List payments", dependencies=[OfFinance])
async def list_staff_payments(
    session: DatabaseSession,
    page: PageParams,
    status: Omittable[PaymentStatus] = None,
    provider: CodeFilter = None,
    order_id: Omittable[OrderId] = None,
) -> PageOut[StaffPaymentOut]:
    """Payments of all orders, newest first."""
    found = await money.payments(session, page, status=status, provider=provider, order_id=order_id)
    return show_page(found, StaffPaymentOut.of)


@router.get("/refunds", summary="List refunds", dependencies=[OfFinance])
async def list_staff_refunds(
    session: DatabaseSession,
    page: PageParams,
    status: Omittable[RefundStatus] = None,
    order_id: Omittable[OrderId] = None,
    payment_id: Omittable[PaymentId] = None,
) -> PageOut[StaffRefundOut]:
    """Refunds of all orders, newest first; `status=failed` are those to retry or to pay by hand."""
    found = await money.refunds(session, page, status=status, order_id=order_id, payment_id=payment_id)
    return show_page(found, StaffRefundOut.of)


@router.get("/audit", summary="Read the audit", dependencies=[OfAdmin])
async def list_staff_audit(
    session: DatabaseSession,
    page: PageParams,
    account_id: Omittable[AccountId] = None,
    action: CodeFilter = None,
    subject: SubjectFilter = None,
) -> PageOut[AuditOut]:
    """Who of the staff changed what, when, from what to what; newest first."""
    found = await audit.entries(session, page, account_id=account_id, action=action, subject=subject)
    return show_page(found, AuditOut.of)


@router.get("/ledger/check", summary="Check the ledger", dependencies=[OfFinanceOrAdmin])
async def check_ledger(parts: AppParts) -> LedgerCheckOut:
    """Ask the database again whether every promise about money holds. It reads the whole ledger: not for dashboards.

    All its questions see the same instant, so that what changes meanwhile is no false alarm.
    """
    async with parts.database.session() as session:
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return LedgerCheckOut.of(await check(session))
