"""What some actions need to know before the order is locked: owned files; and whom the files of orders are shown."""

from typing import Any
from uuid import UUID

from sqlalchemy import literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.files.queries import own_files
from orderhub.domain.files.visibility import Viewer, shows_files
from orderhub.domain.orders.conditions import of_party
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order, OrderFile
from orderhub.domain.payments.models import Payment, Proof
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label


async def proof_of(
    session: AsyncSession, order_id: UUID, file_id: UUID, payment_id: UUID | None, *, owner_id: UUID
) -> dict[str, Any]:
    """The fields of a ``submit_proof``: the caller's own file with its hash, and the payment that it proves.

    Raises FileUnusableError, and InvalidError for a payment of this order that awaits no proof.
    """
    (file,) = await own_files(session, [file_id], owner_id=owner_id, pointer="/file_id")
    command: dict[str, Any] = {"file_id": file.id, "sha256": file.sha256, "via": "upload", "proof_id": new_id()}
    if payment_id is not None:
        payment = await session.get(Payment, payment_id)
        if payment is None or payment.order_id != order_id or payment.status != "awaiting_proof":
            detail = Label(
                "Nommez un paiement de cette commande qui attend une preuve, ou aucun.",
                "Name a payment of this order that awaits a proof, or none at all.",
            )
            raise invalid_field("/payment_id", "payment_unusable", detail)
        command["payment"] = {"id": payment.id, "version": payment.version, "status": payment.status}
        command["method"] = payment.method
    return command


@shows_files
async def is_of_an_order(session: AsyncSession, file_id: UUID, viewer: Viewer | None) -> bool:
    """Whether a file is a delivery, a proof or in the details of an order that this viewer may see."""
    if viewer is None:
        return False
    used = union_all(
        select(OrderFile.order_id).where(OrderFile.file_id == file_id),
        select(Proof.order_id).where(Proof.file_id == file_id),
        *(select(Order.id).where(kind.named_in(file_id)) for kind in KINDS.values() if kind.named_in),
    )
    shown = select(Order.id).where(literal(bool(viewer.roles)) | of_party(viewer.account_id), Order.id.in_(used))
    return await session.scalar(shown.limit(1)) is not None


@shows_files
async def is_photo_of_an_order(session: AsyncSession, file_id: UUID, _viewer: Viewer | None) -> bool:
    """Anybody sees what was on show when it was ordered: the order keeps showing it."""
    return await session.scalar(select(Order.id).where(Order.photo_file_id == file_id).limit(1)) is not None
