"""Lives of sourced orders that end at the hub or at the buyer's door. The final invoice comes to 153.56 EUR."""

from tests.kinds.sourced.lives_deposit import BY_WALLET, DEPOSIT, PLACED
from tests.kinds.sourced.lives_under_way import IN_TRANSIT
from tests.kinds.sourced.played import SPLIT
from tests.lives.plays import Life

ARRIVED = IN_TRANSIT + "in_transit        receive               Chloé     arrived\n"
INVOICED = ARRIVED + "arrived           issue_final_invoice   Farid     awaiting_balance\n"
READY = (
    INVOICED
    + """
awaiting_balance  submit_proof          Awa       balance_review
balance_review    confirm_balance       Farid     ready
"""
)
TOTAL, SHORT = 15_356, 9_848
"""With and without the pair of sandals that never came."""
ISSUED = ("final_invoice", "proforma")
CREDITED = ("credit_note", *ISSUED)

LIVES = {
    "fetched, a pair short, the balance in parts and more than it": Life(
        IN_TRANSIT
        + """
in_transit        receive               Chloé     arrived  short
arrived           issue_final_invoice   Farid     awaiting_balance
awaiting_balance  report_problem        Awa       awaiting_balance
awaiting_balance  close_case            Chloé     awaiting_balance
awaiting_balance  submit_proof          Awa       balance_review
balance_review    report_problem        Awa       balance_review
balance_review    close_case            Chloé     balance_review
balance_review    reject_proof          Farid     awaiting_balance
awaiting_balance  submit_proof          Awa       balance_review
balance_review    record_part           Farid     awaiting_balance  1000
awaiting_balance  submit_proof          Awa       balance_review
balance_review    confirm_balance       Farid     ready  234
ready             report_problem        Awa       ready
ready             close_case            Chloé     ready
ready             arrange               Chloé     ready
ready             arrange               Chloé     ready
ready             hand_over             Chloé     completed
""",
        released=SHORT,
        refunded=234,
        documents=ISSUED,
    ),
    "all paid in advance, less came, received": Life(
        BY_WALLET
        + """
confirmed         purchase              Chloé     purchased
purchased         receive               Chloé     arrived  short
arrived           issue_final_invoice   Farid     ready
ready             dispatch              Chloé     out_for_delivery
out_for_delivery  confirm_receipt       Awa       completed
""",
        released=SHORT,
        refunded=15_206 - SHORT,
        settings={"deposit_percent": 100},
        documents=ISSUED,
    ),
    "delivered by a carrier that says so": Life(
        INVOICED
        + """
awaiting_balance  confirm_payment       provider  ready  card
ready             dispatch              Chloé     out_for_delivery
out_for_delivery  confirm_receipt       carrier   completed
""",
        released=TOTAL,
        documents=ISSUED,
    ),
    "never said to be received, paid by card while a proof was under review": Life(
        INVOICED
        + """
awaiting_balance  submit_proof          Awa       balance_review
balance_review    confirm_payment       provider  ready  wallet
ready             dispatch              Chloé     out_for_delivery
wait P5D
out_for_delivery  report_problem        Awa       out_for_delivery
out_for_delivery  close_case            Chloé     out_for_delivery
wait P6D
out_for_delivery  auto_confirm          clock     completed
""",
        released=TOTAL,
        documents=ISSUED,
        cases=("proof",),
        slow=True,
    ),
    "the balance never came, the deposit is the house's": Life(
        INVOICED
        + """
awaiting_balance  escalate              clock     disputed
disputed          resume                Ada       awaiting_balance
wait P20D
awaiting_balance  escalate              clock     disputed
disputed          rule_release          Ada       completed
""",
        released=DEPOSIT,
        documents=ISSUED,
    ),
    "never fetched, approved at last": Life(
        READY
        + """
ready             escalate              clock     disputed
disputed          approve               Awa       completed
""",
        released=TOTAL,
        documents=ISSUED,
        slow=True,
    ),
    "disputed at every step, then divided": Life(
        ARRIVED
        + """
arrived           open_dispute          Awa       disputed
disputed          withdraw_dispute      Awa       arrived
arrived           issue_final_invoice   Farid     awaiting_balance
awaiting_balance  open_dispute          Awa       disputed
disputed          withdraw_dispute      Awa       awaiting_balance
awaiting_balance  submit_proof          Awa       balance_review
balance_review    open_dispute          Awa       disputed
disputed          resume                Ada       balance_review
balance_review    confirm_balance       Farid     ready
ready             open_dispute          Awa       disputed
disputed          resume                Ada       ready
ready             dispatch              Chloé     out_for_delivery
out_for_delivery  open_dispute          Awa       disputed
disputed          rule_split            Ada       completed
""",
        released=TOTAL - SPLIT,
        refunded=SPLIT,
        documents=CREDITED,
        slow=True,
    ),
    "the balance under review when it was ruled": Life(
        INVOICED
        + """
awaiting_balance  submit_proof          Awa       balance_review
balance_review    open_dispute          Awa       disputed
disputed          rule_refund           Ada       cancelled
""",
        refunded=DEPOSIT,
        documents=CREDITED,
        cases=("proof",),
        slow=True,
    ),
    "paid again after a chargeback that was then won": Life(
        PLACED
        + """
awaiting_deposit  confirm_payment       provider  confirmed  card
confirmed         purchase              Chloé     purchased
purchased         receive               Chloé     arrived
arrived           issue_final_invoice   Farid     awaiting_balance
awaiting_balance  charge_back           provider  disputed
disputed          resume                Ada       awaiting_balance
awaiting_balance  submit_proof          Awa       balance_review
balance_review    confirm_balance       Farid     ready
ready             win_charge_back       provider  ready
ready             hand_over             Chloé     completed
""",
        released=TOTAL,
        refunded=1_000,
        documents=ISSUED,
    ),
}
