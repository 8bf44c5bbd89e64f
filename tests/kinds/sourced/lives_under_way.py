"""Lives of sourced orders that end between the purchase and the arrival."""

from tests.kinds.sourced.lives_deposit import BY_CARD, CONFIRMED, DEPOSIT, PROFORMA
from tests.lives.plays import Life

PURCHASED = CONFIRMED + "confirmed         purchase              Chloé     purchased\n"
IN_TRANSIT = PURCHASED + "purchased         ship_to_hub           Chloé     in_transit\n"

LIVES = {
    "unavailable once bought": Life(
        CONFIRMED
        + """
confirmed         propose_change        Chloé     confirmed  price
confirmed         lapse_change          clock     confirmed
confirmed         purchase              Chloé     purchased
purchased         report_problem        Awa       purchased
purchased         close_case            Chloé     purchased
purchased         cancel                Chloé     cancelled
""",
        refunded=DEPOSIT,
        slow=True,
        documents=PROFORMA,
    ),
    "changed until no line was left": Life(
        PURCHASED
        + """
purchased         propose_change        Chloé     purchased  quantity
purchased         accept_change         Awa       purchased
purchased         propose_change        Chloé     purchased  price
purchased         decline_change        Awa       purchased
purchased         propose_change        Chloé     purchased  substitute
purchased         decline_change        Awa       cancelled
""",
        refunded=DEPOSIT,
        documents=PROFORMA,
    ),
    "nobody answered about what was left": Life(
        PURCHASED
        + """
purchased         propose_change        Chloé     purchased  price
purchased         lapse_change          clock     purchased
purchased         propose_change        Chloé     purchased  price
purchased         lapse_change          clock     cancelled
""",
        refunded=DEPOSIT,
        slow=True,
        documents=PROFORMA,
    ),
    "lost on the way": Life(
        IN_TRANSIT
        + """
in_transit        report_problem        Awa       in_transit
in_transit        close_case            Chloé     in_transit
wait P21D
in_transit        open_dispute          Awa       disputed
disputed          withdraw_dispute      Awa       in_transit
in_transit        cancel                Chloé     cancelled
""",
        refunded=DEPOSIT,
        slow=True,
        documents=PROFORMA,
    ),
    "late, then here, and not as it was described": Life(
        PURCHASED
        + """
wait P21D
purchased         open_dispute          Awa       disputed
disputed          resume                Ada       purchased
purchased         receive               Chloé     arrived
arrived           report_problem        Awa       arrived
arrived           close_case            Chloé     arrived
arrived           open_dispute          Awa       disputed
disputed          withdraw_dispute      Awa       arrived
arrived           issue_final_invoice   Farid     awaiting_balance
awaiting_balance  open_dispute          Awa       disputed
disputed          rule_refund           Ada       cancelled
""",
        refunded=DEPOSIT,
        documents=("credit_note", "final_invoice", "proforma"),
    ),
    "charged back at every step, and won each time": Life(
        BY_CARD
        + """
confirmed         charge_back           provider  disputed
disputed          win_charge_back       provider  disputed  invoiced
disputed          charge_back           provider  disputed
disputed          resume                Ada       confirmed
confirmed         win_charge_back       provider  confirmed
confirmed         purchase              Chloé     purchased
purchased         charge_back           provider  disputed
disputed          resume                Ada       purchased
purchased         win_charge_back       provider  purchased
purchased         ship_to_hub           Chloé     in_transit
in_transit        charge_back           provider  disputed
disputed          resume                Ada       in_transit
in_transit        win_charge_back       provider  in_transit
in_transit        receive               Chloé     arrived
arrived           charge_back           provider  disputed
disputed          resume                Ada       arrived
arrived           win_charge_back       provider  arrived
arrived           issue_final_invoice   Farid     awaiting_balance
awaiting_balance  charge_back           provider  disputed
disputed          resume                Ada       awaiting_balance
awaiting_balance  win_charge_back       provider  awaiting_balance
awaiting_balance  submit_proof          Awa       balance_review
balance_review    charge_back           provider  disputed
disputed          resume                Ada       balance_review
balance_review    win_charge_back       provider  balance_review
balance_review    confirm_balance       Farid     ready
ready             charge_back           provider  disputed
disputed          resume                Ada       ready
ready             win_charge_back       provider  ready
ready             dispatch              Chloé     out_for_delivery
out_for_delivery  charge_back           provider  disputed
disputed          resume                Ada       out_for_delivery
out_for_delivery  win_charge_back       provider  out_for_delivery
out_for_delivery  open_dispute          Awa       disputed
disputed          charge_back           provider  disputed
disputed          win_charge_back       provider  disputed  not_invoiced
disputed          charge_back           provider  disputed
disputed          rule_release          Ada       completed
""",
        released=14_356,
        charged_back=1_000,
        documents=("final_invoice", "proforma"),
        slow=True,
    ),
}
