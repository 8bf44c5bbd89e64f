"""Lives that end before the buyer has the item."""

from typing import Final

from tests.kinds.item.orders import SHIPPING, TOTAL
from tests.lives.plays import Life

UNPAID = "-                  place                  Awa       awaiting_payment\n"
PAID = UNPAID + "awaiting_payment   confirm_payment        provider  awaiting_shipment\n"
SENT = PAID + "awaiting_shipment  ship                   Bruno     shipped\n"
UNFETCHED: Final = {"unfetched": True}

LIVES = {
    "given up before payment": Life(
        UNPAID
        + """
awaiting_payment   report_problem         Awa       awaiting_payment
awaiting_payment   close_case             Chloé     awaiting_payment
awaiting_payment   cancel                 Awa       cancelled
"""
    ),
    "never paid": Life(
        UNPAID
        + """
awaiting_payment   expire                 clock     cancelled
"""
    ),
    "not to be found": Life(
        PAID
        + """
awaiting_shipment  change_address         Awa       awaiting_shipment
awaiting_shipment  report_problem         Bruno     awaiting_shipment
awaiting_shipment  close_case             Chloé     awaiting_shipment
awaiting_shipment  cancel                 Bruno     cancelled
""",
        refunded=TOTAL,
    ),
    "cancelled by agreement": Life(
        PAID
        + """
awaiting_shipment  request_cancellation   Awa       awaiting_shipment
awaiting_shipment  withdraw_cancellation  Awa       awaiting_shipment
awaiting_shipment  request_cancellation   Awa       awaiting_shipment
awaiting_shipment  decline_cancellation   Bruno     awaiting_shipment
awaiting_shipment  request_cancellation   Awa       awaiting_shipment
awaiting_shipment  accept_cancellation    Bruno     cancelled
""",
        refunded=TOTAL,
    ),
    "cancelled for want of an answer": Life(
        PAID
        + """
awaiting_shipment  request_cancellation   Awa       awaiting_shipment
awaiting_shipment  lapse_cancellation     clock     cancelled
""",
        refunded=TOTAL,
    ),
    "never sent": Life(
        PAID
        + """
awaiting_shipment  expire                 clock     cancelled
""",
        refunded=TOTAL,
    ),
    "charged back before it was sent": Life(
        PAID
        + """
awaiting_shipment  charge_back            provider  disputed
disputed           charge_back            provider  disputed
disputed           cancel                 Bruno     cancelled
""",
        refunded=TOTAL - 2_000,
        charged_back=2_000,
    ),
    "sent back by the carrier": Life(
        SENT
        + """
shipped            report_problem         Awa       shipped
shipped            close_case             Chloé     shipped
shipped            return_to_sender       carrier   returned
""",
        released=SHIPPING,
        refunded=TOTAL - SHIPPING,
        settings=UNFETCHED,
    ),
    "lost": Life(
        SENT
        + """
shipped            report_lost            clock     disputed
disputed           report_problem         Awa       disputed
disputed           close_case             Chloé     disputed
disputed           rule_refund            Chloé     cancelled
""",
        refunded=TOTAL,
    ),
    "charged back on its way, won, and approved after all": Life(
        SENT
        + """
shipped            charge_back            provider  disputed
disputed           win_charge_back        provider  disputed
disputed           approve                Awa       completed
""",
        released=TOTAL,
    ),
}
