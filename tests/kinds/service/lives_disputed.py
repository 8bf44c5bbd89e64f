"""Lives that end in a dispute: opened by a person, by the clock after 150 days, or by a payer's bank."""

from tests.kinds.service.lives_at_work import DELIVERED, STARTED
from tests.lives.plays import Life

LIVES = {
    "divided by support after cancellations refused": Life(
        STARTED
        + """
in_progress            request_cancellation  Awa       in_progress
in_progress            decline_cancellation  Bruno     in_progress
in_progress            open_dispute          Awa       disputed
disputed               withdraw_dispute      Awa       in_progress
in_progress            request_cancellation  Awa       in_progress
in_progress            lapse_cancellation    clock     in_progress
in_progress            open_dispute          Awa       disputed
disputed               report_problem        Bruno     disputed
disputed               close_case            Chloé     disputed
disputed               rule_split            Chloé     completed
""",
        released=8_000,
        refunded=4_000,
    ),
    "given up by the seller in a dispute": Life(
        DELIVERED
        + """
delivered              open_dispute          Bruno     disputed
disputed               withdraw_dispute      Bruno     delivered
delivered              open_dispute          Awa       disputed
disputed               cancel                Bruno     cancelled
""",
        refunded=12_000,
    ),
    "released by support": Life(
        DELIVERED
        + """
delivered              request_revision      Awa       revision_requested
revision_requested     open_dispute          Awa       disputed
disputed               withdraw_dispute      Awa       revision_requested
revision_requested     open_dispute          Bruno     disputed
disputed               rule_release          Chloé     completed
""",
        released=12_000,
    ),
    "charged back again and again, won and lost, approved at last": Life(
        STARTED
        + """
in_progress            charge_back           provider  disputed
disputed               resume                Chloé     in_progress
in_progress            win_charge_back       provider  in_progress
in_progress            deliver               Bruno     delivered
delivered              charge_back           provider  disputed
disputed               resume                Chloé     in_progress
in_progress            deliver               Bruno     delivered
delivered              win_charge_back       provider  delivered
delivered              request_revision      Awa       revision_requested
revision_requested     charge_back           provider  disputed
disputed               win_charge_back       provider  disputed
disputed               resume                Chloé     in_progress
in_progress            charge_back           provider  disputed
disputed               resume                Chloé     in_progress
in_progress            deliver               Bruno     delivered
delivered              request_revision      Awa       revision_requested
revision_requested     win_charge_back       provider  revision_requested
revision_requested     open_dispute          Awa       disputed
disputed               charge_back           provider  disputed
disputed               approve               Awa       completed
""",
        released=11_000,
        charged_back=1_000,
    ),
    "frozen at work, approved": Life(
        STARTED
        + """
in_progress            freeze                clock     disputed
disputed               approve               Awa       completed
""",
        released=12_000,
    ),
    "frozen once delivered, released by support": Life(
        STARTED
        + """
wait P148D
in_progress            deliver               Bruno     delivered
delivered              freeze                clock     disputed
disputed               rule_release          Chloé     completed
""",
        released=12_000,
    ),
    "frozen over a revision, refunded by support": Life(
        STARTED
        + """
wait P149D
in_progress            deliver               Bruno     delivered
delivered              request_revision      Awa       revision_requested
revision_requested     freeze                clock     disputed
disputed               rule_refund           Chloé     cancelled
""",
        refunded=12_000,
    ),
}
