"""Lives in which the seller works, and nobody needs a dispute."""

from tests.kinds.service.lives_before_work import ASKED, ASKED_QUESTIONS, PAID
from tests.lives.plays import Life

STARTED = PAID + "awaiting_acceptance    accept                Bruno     in_progress\n"
DELIVERED = STARTED + "in_progress            deliver               Bruno     delivered\n"

LIVES = {
    "approved after extras, more days and a revision": Life(
        ASKED
        + """
awaiting_instructions  provide_instructions  Awa       awaiting_acceptance
awaiting_acceptance    accept                Bruno     in_progress
in_progress            add_extra             Awa       in_progress
in_progress            confirm_extra         provider  in_progress
in_progress            request_extension     Bruno     in_progress
in_progress            accept_extension      Awa       in_progress
in_progress            request_extension     Bruno     in_progress
in_progress            decline_extension     Awa       in_progress
in_progress            deliver               Bruno     delivered
delivered              request_revision      Awa       revision_requested
revision_requested     accept_revision       Bruno     in_progress
in_progress            deliver               Bruno     delivered
delivered              report_problem        Awa       delivered
delivered              close_case            Chloé     delivered
delivered              refund_part           Bruno     delivered
delivered              approve               Awa       completed
""",
        released=13_000,
        refunded=2_000,
        settings=ASKED_QUESTIONS,
    ),
    "approved by the clock after extras and days lapsed": Life(
        STARTED
        + """
in_progress            add_extra             Awa       in_progress
in_progress            lapse_extra           clock     in_progress
in_progress            request_extension     Bruno     in_progress
in_progress            lapse_extension       clock     in_progress
in_progress            deliver               Bruno     delivered
delivered              auto_approve          clock     completed
""",
        released=12_000,
    ),
    "cancelled by agreement": Life(
        STARTED
        + """
in_progress            request_cancellation  Awa       in_progress
in_progress            withdraw_cancellation Awa       in_progress
in_progress            request_cancellation  Awa       in_progress
in_progress            accept_cancellation   Bruno     cancelled
""",
        refunded=12_000,
    ),
    "given up by the seller at work": Life(
        STARTED
        + """
in_progress            report_problem        Awa       in_progress
in_progress            close_case            Chloé     in_progress
in_progress            refund_part           Bruno     in_progress
in_progress            cancel                Bruno     cancelled
""",
        refunded=12_000,
    ),
    "late": Life(
        STARTED
        + """
wait P6D
in_progress            cancel                Awa       cancelled
""",
        refunded=12_000,
    ),
    "given up by the seller once delivered": Life(
        DELIVERED
        + """
delivered              request_revision      Awa       revision_requested
revision_requested     auto_accept_revision  clock     in_progress
in_progress            deliver               Bruno     delivered
delivered              cancel                Bruno     cancelled
""",
        refunded=12_000,
    ),
    "given up by the seller over a revision": Life(
        DELIVERED
        + """
delivered              request_revision      Awa       revision_requested
revision_requested     decline_revision      Bruno     delivered
delivered              request_revision      Awa       revision_requested
revision_requested     report_problem        Bruno     revision_requested
revision_requested     close_case            Chloé     revision_requested
revision_requested     cancel                Bruno     cancelled
""",
        refunded=12_000,
    ),
}
