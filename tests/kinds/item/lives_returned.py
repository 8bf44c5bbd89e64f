"""Lives in which the item goes back."""

from tests.kinds.item.lives_received import ASKED, DELIVERED, TOO_LARGE
from tests.kinds.item.orders import TOTAL
from tests.lives.plays import Life

ACCEPTED = ASKED + "return_requested   accept_return          Bruno     return_accepted\n"
SENT_BACK = ACCEPTED + "return_accepted    ship_return            Awa       return_shipped\n"
OF_TRADER = TOO_LARGE | {"trader": True}

LIVES = {
    "returned": Life(
        ACCEPTED
        + """
return_accepted    report_problem         Bruno     return_accepted
return_accepted    close_case             Chloé     return_accepted
return_accepted    ship_return            Awa       return_shipped
return_shipped     report_problem         Awa       return_shipped
return_shipped     close_case             Chloé     return_shipped
return_shipped     receive_return         Bruno     returned
""",
        refunded=TOTAL,
    ),
    "returned to a trader who said nothing": Life(
        ASKED
        + """
return_requested   lapse_return           clock     return_accepted
return_accepted    ship_return            Awa       return_shipped
return_shipped     mark_delivered         carrier   return_shipped
return_shipped     auto_receive           clock     returned
""",
        refunded=TOTAL,
        settings=OF_TRADER,
    ),
    "accepted back, and never sent": Life(
        ACCEPTED
        + """
return_accepted    expire                 clock     completed
""",
        released=TOTAL,
    ),
    "contested, and released": Life(
        SENT_BACK
        + """
return_shipped     contest_return         Bruno     disputed
disputed           rule_release           Chloé     completed
""",
        released=TOTAL,
    ),
    "lost on its way back": Life(
        SENT_BACK
        + """
return_shipped     report_lost            clock     disputed
disputed           rule_refund            Chloé     cancelled
""",
        refunded=TOTAL,
    ),
    "unanswered, and ordered back": Life(
        ASKED
        + """
return_requested   lapse_return           clock     disputed  mind_changed
disputed           order_return           Chloé     return_accepted
return_accepted    ship_return            Awa       return_shipped
return_shipped     receive_return         Bruno     returned
""",
        refunded=TOTAL,
    ),
    "ordered back after a chargeback that was won": Life(
        DELIVERED
        + """
delivered          charge_back            provider  disputed
disputed           order_return           Chloé     return_accepted
return_accepted    win_charge_back        provider  return_accepted
return_accepted    charge_back            provider  disputed
disputed           order_return           Chloé     return_accepted
return_accepted    ship_return            Awa       return_shipped
return_shipped     win_charge_back        provider  return_shipped
return_shipped     charge_back            provider  disputed
disputed           rule_refund            Chloé     cancelled
""",
        refunded=TOTAL - 1_000,
        charged_back=1_000,
    ),
}
