"""Lives that end before the seller starts to work."""

from typing import Final

from tests.lives.plays import Life

UNPAID = "-                      place                 Awa       awaiting_payment\n"
ASKED = UNPAID + "awaiting_payment       confirm_payment       provider  awaiting_instructions\n"
PAID = UNPAID + "awaiting_payment       confirm_payment       provider  awaiting_acceptance\n"

ASKED_QUESTIONS: Final = {"questions": True}

LIVES = {
    "cancelled before payment": Life(
        UNPAID
        + """
awaiting_payment       report_problem        Awa       awaiting_payment
awaiting_payment       close_case            Chloé     awaiting_payment
awaiting_payment       cancel                Awa       cancelled
"""
    ),
    "never paid": Life(
        UNPAID
        + """
awaiting_payment       expire                clock     cancelled
"""
    ),
    "cancelled before instructions": Life(
        ASKED
        + """
awaiting_instructions  report_problem        Bruno     awaiting_instructions
awaiting_instructions  close_case            Chloé     awaiting_instructions
awaiting_instructions  cancel                Awa       cancelled
""",
        refunded=12_000,
        settings=ASKED_QUESTIONS,
    ),
    "declined before instructions": Life(
        ASKED
        + """
awaiting_instructions  decline               Bruno     cancelled
""",
        refunded=12_000,
        settings=ASKED_QUESTIONS,
    ),
    "instructions never came": Life(
        ASKED
        + """
awaiting_instructions  expire                clock     cancelled
""",
        refunded=12_000,
        settings=ASKED_QUESTIONS,
    ),
    "charged back before instructions, given up by the seller": Life(
        ASKED
        + """
awaiting_instructions  charge_back           provider  disputed
disputed               cancel                Bruno     cancelled
""",
        refunded=11_000,
        charged_back=1_000,
        settings=ASKED_QUESTIONS,
    ),
    "cancelled before acceptance": Life(
        ASKED
        + """
awaiting_instructions  provide_instructions  Awa       awaiting_acceptance
awaiting_acceptance    ask_instructions      Bruno     awaiting_instructions
awaiting_instructions  provide_instructions  Awa       awaiting_acceptance
awaiting_acceptance    report_problem        Awa       awaiting_acceptance
awaiting_acceptance    close_case            Chloé     awaiting_acceptance
awaiting_acceptance    cancel                Awa       cancelled
""",
        refunded=12_000,
        settings=ASKED_QUESTIONS,
    ),
    "declined": Life(
        PAID
        + """
awaiting_acceptance    ask_instructions      Bruno     awaiting_instructions
awaiting_instructions  provide_instructions  Awa       awaiting_acceptance
awaiting_acceptance    decline               Bruno     cancelled
""",
        refunded=12_000,
    ),
    "never accepted": Life(
        PAID
        + """
awaiting_acceptance    expire                clock     cancelled
""",
        refunded=12_000,
    ),
    "charged back before acceptance, won and refunded by support": Life(
        PAID
        + """
awaiting_acceptance    charge_back           provider  disputed
disputed               win_charge_back       provider  disputed
disputed               rule_refund           Chloé     cancelled
""",
        refunded=12_000,
    ),
}
