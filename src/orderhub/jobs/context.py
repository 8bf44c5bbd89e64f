"""What a job may use: settings, the database, and the ports to the outside."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from orderhub.domain.documents.ports import Printer
from orderhub.domain.files.ports import FileStorage
from orderhub.domain.notifications.ports import Mailer, WhatsApp
from orderhub.domain.operator import Operator
from orderhub.domain.payments.ports import PaymentProvider
from orderhub.infra.database import Database
from orderhub.infra.isolation.pool import Isolation
from orderhub.settings import Settings


@dataclass(frozen=True, slots=True)
class WorkerContext:
    """The parts of a running worker, put together by ``bootstrap.py``."""

    settings: Settings
    database: Database
    payments: Mapping[str, PaymentProvider]
    """By name, as in ``Payment.provider``."""
    mailer: Mailer
    storage: FileStorage
    printer: Printer
    operator: Operator
    isolation: Isolation
    """Where pictures are taken apart."""
    whatsapp: WhatsApp | None = None
    """None where the settings name no way to send."""


Job = Callable[[WorkerContext, Mapping[str, Any]], Awaitable[None]]
"""A job: called at least once with its payload, so it must bear being called twice."""
