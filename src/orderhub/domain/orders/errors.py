"""The named refusals of orders that no table row expresses."""

from datetime import datetime
from typing import Any
from uuid import UUID

from orderhub.kit.clock import show_instant
from orderhub.kit.errors import ConflictError, NotFoundError
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label


class OrderNotFoundError(NotFoundError):
    """No such order, or not the caller's to see."""

    code = "order_not_found"
    title = Label("Commande introuvable", "Order not found")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Aucune de vos commandes n’a cet id : voyez GET /v1/orders.",
                "No order of yours has this id: see GET /v1/orders.",
            )
        )


class ListingUnavailableError(ConflictError):
    """The listing can't be bought: paused, closed, or one's own."""

    code = "listing_unavailable"
    title = Label("Annonce indisponible", "Listing unavailable")


class ListingReservedError(ConflictError):
    """Somebody's unpaid order holds the listing; ``reserved_until`` says until when."""

    code = "listing_reserved"
    title = Label("Annonce réservée", "Listing reserved")

    def __init__(self, listing_id: UUID, until: str, own_order: str | None) -> None:
        at = datetime.fromisoformat(until)
        own = own_order and show_id("ord", UUID(own_order))
        detail = (
            Label(
                "Elle est réservée par votre propre commande : payez celle-ci.",
                "Your own order reserves it: pay for that one.",
            )
            if own
            else Label(
                "Une autre personne l’achète. Revenez après `reserved_until` : impayée, elle est libre.",
                "Somebody else is buying it. Come back after `reserved_until`: unless it is paid by then, it is free.",
            )
        )
        extras: dict[str, Any] = {"order_id": own} if own else {}
        super().__init__(detail, listing_id=show_id("lst", listing_id), reserved_until=show_instant(at), **extras)


class NothingDueError(ConflictError):
    """There is nothing to pay for this order now."""

    code = "nothing_due"
    title = Label("Rien à payer", "Nothing is due")


class ReferenceUsedError(ConflictError):
    """One reference of a manual payment confirms one payment only."""

    code = "reference_used"
    title = Label("Référence déjà utilisée", "Reference used before")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Un autre paiement a été confirmé avec cette référence. Regardez de nouveau sa preuve.",
                "Another payment was confirmed with this reference. Look at its proof again.",
            )
        )


class ProofNotLeftError(ConflictError):
    """No proof of this payment waits for finance outside its order."""

    code = "proof_not_left"
    title = Label("Aucune preuve en attente hors commande", "No proof waits outside its order")

    def __init__(self) -> None:
        detail = Label(
            "Agissez sur la commande tant qu’elle est examinée ; "
            "ici, nommez le `sha256` d’une preuve que sa commande a laissée.",
            "Act on the order while it is under review; here, name the `sha256` of a proof that its order left.",
        )
        super().__init__(detail)
