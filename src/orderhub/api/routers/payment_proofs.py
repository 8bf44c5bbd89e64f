"""Proofs of payments by hand: sent by the payer, seen by staff, recorded by finance when the order went on."""

from dataclasses import replace
from typing import Annotated, Any

import msgspec
from fastapi import Body, Depends, Response, status

from orderhub.api.dependencies import AskedLanguage, DatabaseSession, SignedIn
from orderhub.api.problems import problems
from orderhub.api.request_context import Acting, respond
from orderhub.api.routers.orders import KEY_ERRORS, REFUSALS
from orderhub.api.routing import Router
from orderhub.api.schemas.base import PaymentId
from orderhub.api.schemas.payments import PaymentAction, PaymentOut, ProofsOut
from orderhub.api.schemas.proofs import PendingProofOut, ProofIn
from orderhub.api.shown_payments import show_payment, show_proof
from orderhub.api.staff_permissions import OfFinance
from orderhub.domain.files.errors import FileUnusableError
from orderhub.domain.orders import engine, preparing, queries
from orderhub.domain.orders.errors import ProofNotLeftError, ReferenceUsedError
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.loading import Loaded
from orderhub.domain.orders.settlement import late_proofs as left_proofs
from orderhub.domain.payments.errors import PaymentNotFoundError
from orderhub.domain.payments.models import Payment
from orderhub.domain.process import Actor
from orderhub.domain.refusals import NotYoursError, StaffPartyError, TransitionError

router = Router(prefix="/payments/{payment_id}")


async def visible_payment(session: DatabaseSession, caller: SignedIn, payment_id: PaymentId) -> Payment:
    """A payment for its payer and for staff. Raises PaymentNotFoundError."""
    payment = await session.get(Payment, payment_id)
    if payment is None or not (caller.roles or payment.payer_id == caller.account_id):
        raise PaymentNotFoundError
    return payment


Visible = Annotated[Payment, Depends(visible_payment)]


async def own_payment(caller: SignedIn, payment: Visible) -> Payment:
    """A payment for its payer alone. Raises PaymentNotFoundError, NotYoursError."""
    if payment.payer_id != caller.account_id:
        raise NotYoursError(process="proof", action="submit_proof")
    return payment


Own = Annotated[Payment, Depends(own_payment)]


@router.get("/proofs", summary="List the proofs of a payment", responses=problems(PaymentNotFoundError))
async def list_proofs(session: DatabaseSession, caller: SignedIn, payment: Visible) -> ProofsOut:
    """Every receipt that was sent, newest first, and what came of it; the file is at `GET /files/{file_id}`.

    Staff see in `same_file` where else the very same file was sent as a proof.
    """
    proofs = await queries.proofs_of(session, payment.id)
    if not caller.roles:
        return ProofsOut(data=[show_proof(proof) for proof in proofs])
    same = await queries.same_receipts(session, payment.id)
    return ProofsOut(data=[show_proof(proof, same.get(proof.id, ())) for proof in proofs])


@router.post(
    "/proofs",
    summary="Send a proof of payment",
    status_code=status.HTTP_201_CREATED,
    response_model=PendingProofOut,
    responses=problems(*KEY_ERRORS, *REFUSALS, PaymentNotFoundError, FileUnusableError),
)
async def submit_proof(session: DatabaseSession, context: Acting, payment: Own, body: ProofIn) -> Response:
    """The buyer's receipt of a payment by hand: the order's row `submit_proof`, for this payment."""
    first = await engine.answered_before(context.database, context.caller, payment.order_id)
    if first is not None:
        return respond(replace(first, status=status.HTTP_201_CREATED))
    command: dict[str, Any] = body.model_dump() | await preparing.proof_of(
        session, payment.order_id, body.file_id, payment.id, owner_id=context.caller.account_id
    )

    def render(loaded: Loaded, _actor: Actor) -> bytes:
        proofs = KINDS[loaded.order.kind].proofs
        assert proofs is not None  # noqa: S101 - its table has a row for this proof
        return msgspec.json.encode(proofs.pending(loaded.order))

    answer = await engine.perform(context.database, context.caller, payment.order_id, "submit_proof", command, render)
    return respond(replace(answer, status=status.HTTP_201_CREATED))


@router.post(
    "/transitions",
    summary="Record a proof that its order left",
    response_model=PaymentOut,
    dependencies=[OfFinance],
    responses=problems(
        *KEY_ERRORS, PaymentNotFoundError, StaffPartyError, TransitionError, ProofNotLeftError, ReferenceUsedError
    ),
)
async def act_on_payment(
    context: Acting, payment: Visible, body: Annotated[PaymentAction, Body()], language: AskedLanguage
) -> Response:
    """The order went on while a proof was under review, and a case was opened: finance say what came.

    What came goes back to its payer whole. While the proof is under review, act on the order instead.
    """
    command = body.model_dump(exclude={"action"})
    answer = await left_proofs.decide_left(
        context.database,
        context.caller,
        payment,
        body.action,
        command,
        lambda changed: show_payment(changed, language).model_dump_json().encode(),
    )
    return respond(answer)
