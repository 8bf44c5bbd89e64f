"""What comes in from mail servers and carriers. Payment providers' notifications are with the payments."""

from typing import Annotated

from fastapi import Depends, Path, Request

from orderhub.api.dependencies import AppParts, Public
from orderhub.api.problems import UnsupportedMediaTypeError, problems
from orderhub.api.routers.files import Storage
from orderhub.api.routing import Router
from orderhub.api.schemas.hooks import MAIL, MAIL_TYPE, MailTakenOut, TrackingIn, TrackingTakenOut
from orderhub.api.signed_bodies import read_signed
from orderhub.domain.documents.ports import Printer
from orderhub.domain.files.ports import StorageUnavailableError
from orderhub.domain.orders.engine import take_unasked
from orderhub.domain.policies.room import LimitReachedError
from orderhub.domain.replies.addresses import ReplyAddresses
from orderhub.domain.replies.errors import MailEmptyError, MailTooLargeError
from orderhub.domain.replies.reading import MailReader
from orderhub.domain.replies.recording import record
from orderhub.domain.tracking.service import ParcelNews, take
from orderhub.infra.isolation.pool import Isolation
from orderhub.kit.errors import InvalidSignatureError, NotFoundError, OverloadedError
from orderhub.kit.text import Label

router = Router(prefix="/hooks")


@router.post(
    "/mail",
    summary="Take an inbound mail",
    dependencies=[Public],
    openapi_extra=MAIL,
    responses=problems(
        InvalidSignatureError,
        MailEmptyError,
        MailTooLargeError,
        StorageUnavailableError,
        OverloadedError,
        LimitReachedError,
    ),
)
async def receive_mail(parts: AppParts, request: Request, storage: Storage) -> MailTakenOut:
    """An answer to a proforma or an invoice with a receipt attached: a proof of payment.

    Signed over the raw bytes as Standard Webhooks says. Answered once it is recorded; the same mail again
    has no further effect. What can't be taken as a proof becomes a case for staff, with its files; what can't be
    read in time, with the whole message. A 503, or a 409 with `Retry-After`, asks for another try.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MAIL_TYPE:
        raise UnsupportedMediaTypeError(
            Label(
                f"Envoyez le message brut avec « Content-Type: {MAIL_TYPE} ».",
                f"Send the raw message with 'Content-Type: {MAIL_TYPE}'.",
            )
        )
    mail = parts.settings.mail
    raw = await read_signed(request, mail.inbound_secret)
    addresses = ReplyAddresses(mail.reply_domain, mail.inbound_secret.get_secret_value())
    reader = MailReader(parts.others[Isolation])
    printer: Printer = parts.others[Printer]
    return MailTakenOut(outcome=await record(parts.database, storage, reader, printer, addresses, raw))


CarrierName = Annotated[str, Path(max_length=40, examples=["colissimo"])]


async def verify_carrier(parts: AppParts, request: Request, carrier: CarrierName) -> str:
    """The carrier who signed the body. Raises NotFoundError for one that has no feed here, InvalidSignatureError."""
    secret = parts.settings.carriers.get(carrier)
    if secret is None:
        raise NotFoundError(
            Label("Il n’y a pas ici de suivi d’un tel transporteur.", "There is no feed of such a carrier here.")
        )
    await read_signed(request, secret)
    return carrier


@router.post(
    "/tracking/{carrier}",
    summary="Take what a carrier says",
    dependencies=[Public],
    responses=problems(NotFoundError, InvalidSignatureError),
)
async def receive_tracking(
    parts: AppParts, carrier: Annotated[str, Depends(verify_carrier)], body: TrackingIn
) -> TrackingTakenOut:
    """Where a parcel is, signed as Standard Webhooks says with the carrier's secret.

    A proof of delivery completes an order that is out for delivery. What comes twice, late or about an unknown
    parcel is recorded, and answered with what came of it.
    """
    news = ParcelNews(carrier, body.id, body.tracking_number, body.status, body.occurred_at)
    return TrackingTakenOut(outcome=await take(parts.database, news, take_unasked))
