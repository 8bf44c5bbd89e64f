"""What of a sourced order waits for staff: what they buy, have sent, count, invoice, hand over and rule on.

What waits for a buyer's answer does not wait for staff.
"""

from typing import Final

from sqlalchemy import DateTime, cast, func

from orderhub.domain.orders.kinds.kind import StaffWait, WaitKind
from orderhub.domain.orders.models import Order
from orderhub.kit.text import Label

_UNCHANGING: Final = func.coalesce(Order.details["change"].astext, "") == ""
_NOT_ARRANGED: Final = func.coalesce(Order.details["pick_up"].astext, "") == ""
_ASKED_AT: Final = Order.cancellation["at"].astext

PURCHASE: Final = WaitKind("purchase", Label("Articles à acheter", "Articles to purchase"), "support")
CANCELLATION: Final = WaitKind(
    "cancellation", Label("Annulation à accepter ou refuser", "Cancellation to accept or decline"), "support"
)
FORWARDING: Final = WaitKind(
    "forwarding", Label("Articles achetés à faire venir", "Purchased articles to be sent to us"), "support"
)
RECEIPT: Final = WaitKind(
    "receipt", Label("Articles en route à compter à l’arrivée", "Articles on their way to count on arrival"), "support"
)
FINAL_INVOICE: Final = WaitKind("final_invoice", Label("Facture finale à émettre", "Final invoice to issue"), "finance")
HAND_OVER: Final = WaitKind("hand_over", Label("Remise à organiser", "Hand-over to arrange"), "support")
HOUSE_DISPUTE: Final = WaitKind(
    "house_dispute", Label("Litige avec la maison à trancher", "Dispute with the house to rule on"), "admin"
)

WAITS: Final = (
    StaffWait(PURCHASE, "confirmed", (_UNCHANGING, _ASKED_AT.is_(None))),
    StaffWait(
        CANCELLATION, "confirmed", (_UNCHANGING, _ASKED_AT.is_not(None)), cast(_ASKED_AT, DateTime(timezone=True))
    ),
    StaffWait(FORWARDING, "purchased", (_UNCHANGING,)),
    StaffWait(RECEIPT, "in_transit"),
    StaffWait(FINAL_INVOICE, "arrived"),
    StaffWait(HAND_OVER, "ready", (_NOT_ARRANGED,)),
    StaffWait(HOUSE_DISPUTE, "disputed"),
)
