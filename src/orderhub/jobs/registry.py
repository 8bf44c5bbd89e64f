"""Which function does each job, and how often it is tried: on this one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from orderhub.infra.queue_consumer import Trying
from orderhub.jobs import (
    housekeeping,
    mail,
    notify,
    parcels,
    payments,
    refunds,
    replies,
    sellers,
    staff_reminders,
    whatsapp,
)
from orderhub.jobs.context import Job


@dataclass(frozen=True, slots=True)
class Registered:
    """A job's function and how it is tried again."""

    run: Job
    trying: Trying


_PATIENT: Final = Trying(attempts=20, first=timedelta(seconds=2), longest=timedelta(hours=6))
"""For what must be heard in the end, whatever is down meanwhile: two seconds at first, two days in all."""
_ONCE: Final = Trying(attempts=2)
"""For what recurs anyway."""

REGISTRY: Final[Mapping[str, Registered]] = {
    "notify": Registered(notify.notify, _PATIENT),
    "send_mail": Registered(mail.send_mail, _PATIENT),
    "send_whatsapp": Registered(whatsapp.send_whatsapp, _PATIENT),
    "settle_seller": Registered(sellers.settle, _PATIENT),
    "send_refund": Registered(refunds.send_refund, _PATIENT),
    "close_payment": Registered(payments.close_payment, _PATIENT),
    "ask_about_payments": Registered(payments.ask_about_payments, _ONCE),
    "ask_about_old_payments": Registered(payments.ask_about_old_payments, _ONCE),
    "ask_about_refunds": Registered(refunds.ask_about_refunds, _ONCE),
    "apply_mail": Registered(replies.apply_mail, _PATIENT),
    "follow_parcel": Registered(parcels.follow_parcel, _PATIENT),
    "drop_idempotency_keys": Registered(housekeeping.drop_idempotency_keys, _ONCE),
    "drop_expired_secrets": Registered(housekeeping.drop_expired_secrets, _ONCE),
    "drop_job_log": Registered(housekeeping.drop_job_log, _ONCE),
    "drop_orphan_files": Registered(housekeeping.drop_orphan_files, _ONCE),
    "remind_staff": Registered(staff_reminders.remind_staff, _ONCE),
}
