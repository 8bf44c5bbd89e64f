"""Lives of sourced orders that end before anything is bought. 152.06 EUR, a deposit of 60.82."""

from typing import Final

from tests.lives.plays import Life

PLACED = "-                 place                 Awa       awaiting_deposit\n"
PROVEN = PLACED + "awaiting_deposit  submit_proof          Awa       deposit_review\n"
CONFIRMED = PROVEN + "deposit_review    confirm_deposit       Farid     confirmed\n"
BY_CARD = PLACED + "awaiting_deposit  confirm_payment       provider  confirmed  card\n"
BY_WALLET = PLACED + "awaiting_deposit  confirm_payment       provider  confirmed  wallet\n"
DEPOSIT = 6_082
PROFORMA: Final = ("proforma",)

LIVES = {
    "cancelled before the deposit": Life(
        PLACED
        + """
awaiting_deposit  report_problem        Awa       awaiting_deposit
awaiting_deposit  close_case            Chloé     awaiting_deposit
awaiting_deposit  cancel                Awa       cancelled
""",
        documents=PROFORMA,
    ),
    "a part came, the rest never did": Life(
        PROVEN
        + """
deposit_review    record_part           Farid     awaiting_deposit  2000
awaiting_deposit  expire                clock     cancelled
""",
        refunded=2_000,
        documents=PROFORMA,
    ),
    "cancelled under review": Life(
        PROVEN
        + """
deposit_review    report_problem        Awa       deposit_review
deposit_review    close_case            Chloé     deposit_review
deposit_review    reject_proof          Farid     awaiting_deposit
awaiting_deposit  submit_proof          Awa       deposit_review
deposit_review    record_part           Farid     awaiting_deposit  1000
awaiting_deposit  submit_proof          Awa       deposit_review
deposit_review    cancel                Awa       cancelled
""",
        refunded=1_000,
        cases=("proof",),
        documents=PROFORMA,
    ),
    "cancelled by agreement, paid by card while a proof was under review": Life(
        PROVEN
        + """
deposit_review    confirm_payment       provider  confirmed  card
confirmed         report_problem        Awa       confirmed
confirmed         close_case            Chloé     confirmed
confirmed         request_cancellation  Awa       confirmed
confirmed         decline_cancellation  Chloé     confirmed
confirmed         request_cancellation  Awa       confirmed
confirmed         accept_cancellation   Chloé     cancelled
""",
        refunded=DEPOSIT,
        cases=("proof",),
        slow=True,
        documents=PROFORMA,
    ),
    "a cancellation that nobody answered, paid by wallet": Life(
        BY_WALLET
        + """
confirmed         request_cancellation  Awa       confirmed
confirmed         lapse_cancellation    clock     cancelled
""",
        refunded=DEPOSIT,
        documents=PROFORMA,
    ),
    "cancelled because the purchase is late": Life(
        CONFIRMED
        + """
wait P9D
confirmed         cancel                Awa       cancelled
""",
        refunded=DEPOSIT,
        slow=True,
        documents=PROFORMA,
    ),
    "unavailable, more than the deposit had come": Life(
        PROVEN
        + """
deposit_review    confirm_deposit       Farid     confirmed  500
confirmed         cancel                Chloé     cancelled
""",
        refunded=DEPOSIT + 500,
        slow=True,
        documents=PROFORMA,
    ),
    "the last line was declined": Life(
        CONFIRMED
        + """
confirmed         propose_change        Chloé     confirmed  price
confirmed         accept_change         Awa       confirmed
confirmed         propose_change        Chloé     confirmed  quantity
confirmed         decline_change        Awa       confirmed
confirmed         propose_change        Chloé     confirmed  substitute
confirmed         decline_change        Awa       cancelled
""",
        refunded=DEPOSIT,
        documents=PROFORMA,
    ),
    "nobody answered about the only line": Life(
        BY_CARD
        + """
confirmed         propose_change        Chloé     confirmed  substitute
confirmed         lapse_change          clock     cancelled
""",
        refunded=5_506,
        settings={"lines": 1},
        documents=PROFORMA,
    ),
    "nothing ever arrived": Life(
        CONFIRMED
        + """
wait P21D
confirmed         open_dispute          Awa       disputed
disputed          report_problem        Awa       disputed
disputed          close_case            Chloé     disputed
disputed          rule_refund           Ada       cancelled
""",
        refunded=DEPOSIT,
        documents=PROFORMA,
    ),
}
