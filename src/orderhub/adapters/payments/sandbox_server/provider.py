"""The whole provider: its parts put together, started and stopped."""

from orderhub.adapters.payments.sandbox_server.agenda import Agenda
from orderhub.adapters.payments.sandbox_server.chargebacks import Chargebacks
from orderhub.adapters.payments.sandbox_server.config import SandboxConfig
from orderhub.adapters.payments.sandbox_server.idempotency import Answers
from orderhub.adapters.payments.sandbox_server.journal import Journal
from orderhub.adapters.payments.sandbox_server.notifier import Notifier
from orderhub.adapters.payments.sandbox_server.payments import Payments
from orderhub.adapters.payments.sandbox_server.refunds import Refunds


class Provider:
    """What the HTTP surfaces act upon. Made within a running event loop."""

    def __init__(self, config: SandboxConfig, journal: Journal) -> None:
        self.config = config
        self.journal = journal
        self._agenda = Agenda()
        self.answers = Answers(self.journal)
        self.notifier = Notifier(config, self.journal, self._agenda)
        self.payments = Payments(config, self.journal, self._agenda, self.notifier)
        self.chargebacks = Chargebacks(self.journal, self.notifier, self.payments)
        self.refunds = Refunds(config, self.journal, self._agenda, self.notifier, self.payments, self.chargebacks)
        self.outage = Outages()

    def start(self) -> None:
        """Take up what a former run left undecided or unsent."""
        self.notifier.resume()
        self.payments.resume()
        self.refunds.resume()

    async def close(self) -> None:
        """Stop; what is not yet decided or sent waits in the state file."""
        self._agenda.close()
        await self.notifier.close()


class Outages:
    """Requests that are to fail, so that a merchant's retries can be seen to work."""

    def __init__(self) -> None:
        self._left = 0
        self._after = False

    def plan(self, requests: int, *, after: bool) -> None:
        """Fail this many requests, before they take effect or after."""
        self._left, self._after = requests, after

    def strikes(self, *, after: bool) -> bool:
        """Whether this request fails at this point; each one counts once."""
        if self._left < 1 or self._after is not after:
            return False
        self._left -= 1
        return True
