"""Lives in which the buyer has the item, and keeps it."""

from tests.kinds.item.lives_sent import PAID, SENT
from tests.kinds.item.orders import FEE, TOTAL
from tests.lives.plays import Life

DELIVERED = SENT + "shipped            mark_delivered         carrier   delivered\n"
ASKED = DELIVERED + "delivered          request_return         Awa       return_requested\n"
TOO_LARGE = {"fits": False}

LIVES = {
    "approved": Life(
        SENT
        + """
shipped            mark_delivered         Awa       delivered
delivered          report_problem         Awa       delivered
delivered          close_case             Chloé     delivered
delivered          approve                Awa       completed
""",
        released=TOTAL,
    ),
    "handed over and approved by the clock": Life(
        PAID
        + """
awaiting_shipment  hand_over              Bruno     delivered
delivered          auto_approve           clock     completed
""",
        released=TOTAL,
    ),
    "delivered to nobody, and divided": Life(
        DELIVERED
        + """
delivered          report_not_received    Awa       disputed
disputed           rule_split             Chloé     completed
""",
        released=TOTAL - FEE - 1_000,
        refunded=1_000 + FEE,
    ),
    "charged back once delivered, and released": Life(
        DELIVERED
        + """
delivered          charge_back            provider  disputed
disputed           rule_release           Chloé     completed
""",
        released=TOTAL - 1_000,
        charged_back=1_000,
    ),
    "refunded without a return": Life(
        ASKED
        + """
return_requested   report_problem         Awa       return_requested
return_requested   close_case             Chloé     return_requested
return_requested   refund_without_return  Bruno     cancelled
""",
        refunded=TOTAL,
    ),
    "a mind changed too late": Life(
        ASKED
        + """
return_requested   decline_return         Bruno     completed  trader_takes_back
""",
        released=TOTAL,
        settings=TOO_LARGE,
    ),
    "a mind changed, and nobody answers": Life(
        ASKED
        + """
return_requested   lapse_return           clock     completed  trader_takes_back
""",
        released=TOTAL,
        settings=TOO_LARGE,
    ),
    "a return declined, and released": Life(
        ASKED
        + """
return_requested   decline_return         Bruno     disputed  mind_changed
disputed           rule_release           Chloé     completed
""",
        released=TOTAL,
    ),
    "charged back while a return was asked for": Life(
        ASKED
        + """
return_requested   charge_back            provider  disputed
disputed           rule_refund            Chloé     cancelled
""",
        refunded=TOTAL - 1_000,
        charged_back=1_000,
        slow=True,
    ),
}
