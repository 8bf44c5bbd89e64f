"""Which function does each job, how often it is tried, and in which lane: on this one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from orderhub.infra.queue_consumer import Lane, Trying
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
    """A job's function, how it is tried again, and which jobs it shares its places with."""

    run: Job
    trying: Trying
    lane: Lane


_PATIENT: Final = Trying(attempts=20, first=timedelta(seconds=2), longest=timedelta(hours=6))
"""For what must be heard in the end, whatever is down meanwhile: two seconds at first, two days in all."""
_ONCE: Final = Trying(attempts=2)
"""For what recurs anyway."""

_RECORDS: Final = Lane("records", 4)
"""For what needs the database alone."""
_REFUNDS: Final = Lane("refunds", 4)
_PAYMENTS: Final = Lane("payments", 4)
_MAIL: Final = Lane("mail", 4)
_WHATSAPP: Final = Lane("whatsapp", 2)
_STORAGE: Final = Lane("storage", 1)
"""For what waits for a system outside, each its own: while one hangs, the others go on."""

REGISTRY: Final[Mapping[str, Registered]] = {
    "notify": Registered(notify.notify, _PATIENT, _RECORDS),
    "send_mail": Registered(mail.send_mail, _PATIENT, _MAIL),
    "send_whatsapp": Registered(whatsapp.send_whatsapp, _PATIENT, _WHATSAPP),
    "settle_seller": Registered(sellers.settle, _PATIENT, _RECORDS),
    "send_refund": Registered(refunds.send_refund, _PATIENT, _REFUNDS),
    "close_payment": Registered(payments.close_payment, _PATIENT, _PAYMENTS),
    "ask_about_payments": Registered(payments.ask_about_payments, _ONCE, _PAYMENTS),
    "ask_about_old_payments": Registered(payments.ask_about_old_payments, _ONCE, _PAYMENTS),
    "ask_about_refunds": Registered(refunds.ask_about_refunds, _ONCE, _PAYMENTS),
    "apply_mail": Registered(replies.apply_mail, _PATIENT, _RECORDS),
    "follow_parcel": Registered(parcels.follow_parcel, _PATIENT, _RECORDS),
    "drop_idempotency_keys": Registered(housekeeping.drop_idempotency_keys, _ONCE, _RECORDS),
    "drop_expired_secrets": Registered(housekeeping.drop_expired_secrets, _ONCE, _RECORDS),
    "drop_job_log": Registered(housekeeping.drop_job_log, _ONCE, _RECORDS),
    "drop_orphan_files": Registered(housekeeping.drop_orphan_files, _ONCE, _STORAGE),
    "make_thumbnails": Registered(housekeeping.make_thumbnails, _ONCE, _STORAGE),
    "remind_staff": Registered(staff_reminders.remind_staff, _ONCE, _RECORDS),
}
