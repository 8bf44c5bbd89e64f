"""What a reader may do beside the rows of the table: review the other party, write to them, report a problem.

Each is a question with a reason, which the package that does it asks as well. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.decisions import Available
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.loading import Loaded, Party
from orderhub.domain.process import Actor, By
from orderhub.kit.text import Label, Language, parse_duration

WRITABLE_AFTER: Final = "conversation_after"
"""Name of the duration that an order carries: how long its conversation stays writable at the end."""
REVIEWABLE: Final = "review"
"""Likewise, how long it can be reviewed."""
REPORT: Final = "report_problem"
OVER: Final = "order_over"
"""Why a problem isn't reported any more."""


class Silence(StrEnum):
    """Why nobody may write any more."""

    PERIOD_OVER = "period_over"
    PARTY_ERASED = "party_erased"
    PARTY_SUSPENDED = "party_suspended"
    NOT_A_PARTY = "not_a_party"
    EVIDENCE_ONLY = "evidence_only"
    """One party may write, but nothing without a file: what is disputed is shown."""


class Unreviewed(StrEnum):
    """Why a party may not review the other one."""

    NOT_COMPLETED = "order_not_completed"
    ALREADY_REVIEWED = "already_reviewed"
    TOO_LATE = "review_too_late"


SILENCES: Final = {
    Silence.PERIOD_OVER: Label(
        "La commande est close depuis trop longtemps pour écrire ici.",
        "The order ended too long ago to write here.",
    ),
    Silence.PARTY_ERASED: Label("L’autre personne a supprimé son compte.", "The other person deleted their account."),
    Silence.PARTY_SUSPENDED: Label("Le compte de l’autre personne est suspendu.", "The other account is suspended."),
    Silence.NOT_A_PARTY: Label(
        "Seuls l’acheteur et le vendeur y ont part, et le support tant qu’il doit trancher.",
        "Only buyer and seller have a part in it, and support as long as they decide.",
    ),
    Silence.EVIDENCE_ONLY: Label(
        "Pendant le litige, chaque message montre une preuve : joignez au moins un fichier.",
        "While it is disputed, each message shows evidence: attach at least one file.",
    ),
}
NOT_COMPLETED: Final = Label("Attendez que la commande soit terminée.", "Wait until the order is completed.")
NEVER_COMPLETED: Final = Label(
    "Seule une commande terminée s’évalue ; celle-ci a pris fin autrement.",
    "Only a completed order can be reviewed; this one has ended otherwise.",
)
TOO_LATE: Final = Label("Le délai pour évaluer cette commande est passé.", "The time to review this order is over.")
REVIEWED: Final = Label(
    "Vous avez évalué cette commande ; un avis ne change plus.",
    "You have reviewed this order; a review can't be changed.",
)
_OVER: Final = Label(
    "La commande est finie : écrivez dans sa conversation.", "The order has ended: write in its conversation."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: a code, and a sentence for the reader."""

    code: str
    reason: Label


def writable_until(final_at: datetime | None, terms: Any) -> datetime | None:
    """When the conversation of a final order closes; None while it has no end."""
    return None if final_at is None else final_at + parse_duration(terms[WRITABLE_AFTER])


def reviewable_until(final_at: datetime, terms: Any) -> datetime:
    """Until when a completed order can be reviewed."""
    period: timedelta = parse_duration(terms[REVIEWABLE])
    return final_at + period


def not_completed(final_at: datetime | None) -> Label:
    """Why an order that is not fulfilled is not reviewed: not yet, or never once it has ended."""
    return NOT_COMPLETED if final_at is None else NEVER_COMPLETED


def silence(*, erased: bool, suspended: bool, until: datetime | None, now: datetime) -> Silence | None:
    """Why nobody may write to the other party, who may be erased or suspended, after ``until``; None when they may."""
    if erased:
        return Silence.PARTY_ERASED
    if suspended:
        return Silence.PARTY_SUSPENDED
    return Silence.PERIOD_OVER if until is not None and until <= now else None


def only_evidence(kind: str, status: str) -> bool:
    """Whether the parties of an order write nothing but evidence now."""
    return KINDS[kind].evidence_only and status in KINDS[kind].disputed


def show(loaded: Loaded, actor: Actor, found: Sequence[Available], language: Language) -> dict[str, Any]:
    """The three answers for a reader, to whom ``found`` is available."""
    return {
        "can_review": shown(_review(loaded, actor.account_id), language),
        "can_write": _can_write(loaded, actor, language),
        "can_report": shown(_report(loaded, found), language),
    }


def shown(refusal: Refusal | None, language: Language) -> dict[str, Any]:
    """One answer as it is shown."""
    if refusal is None:
        return {"allowed": True, "code": None, "reason": None}
    return {"allowed": False, "code": refusal.code, "reason": refusal.reason.within(language)}


def _other(loaded: Loaded, account_id: UUID | None) -> Party | None:
    """The party that faces an account; None for whoever is none."""
    if account_id == loaded.buyer.id:
        return loaded.seller
    return loaded.buyer if account_id == loaded.seller.id else None


def _review(loaded: Loaded, account_id: UUID | None) -> Refusal | None:
    order = loaded.order
    if _other(loaded, account_id) is None:
        return _silent(Silence.NOT_A_PARTY)
    if order.status not in KINDS[order.kind].table.fulfilled or order.final_at is None:
        return Refusal(Unreviewed.NOT_COMPLETED.value, not_completed(order.final_at))
    if loaded.reviewed:
        return Refusal(Unreviewed.ALREADY_REVIEWED.value, REVIEWED)
    if loaded.now >= reviewable_until(order.final_at, order.terms):
        return Refusal(Unreviewed.TOO_LATE.value, TOO_LATE)
    return None


def _write(loaded: Loaded, actor: Actor) -> Refusal | None:
    order, other = loaded.order, _other(loaded, actor.account_id)
    if other is None and not (By.SUPPORT in actor.acts_as and _concerns_support(loaded)):
        return _silent(Silence.NOT_A_PARTY)
    found = silence(
        erased=other is not None and other.erased,
        suspended=other is not None and other.suspended,
        until=writable_until(order.final_at, order.terms),
        now=loaded.now,
    )
    return None if found is None else _silent(found)


def _can_write(loaded: Loaded, actor: Actor, language: Language) -> dict[str, Any]:
    refusal = _write(loaded, actor)
    if refusal is None and _other(loaded, actor.account_id) and only_evidence(loaded.order.kind, loaded.order.status):
        return shown(_silent(Silence.EVIDENCE_ONLY), language) | {"allowed": True}
    return shown(refusal, language)


def _concerns_support(loaded: Loaded) -> bool:
    order = loaded.order
    return order.status in KINDS[order.kind].disputed or order.seller_id == HOUSE_ID or order.open_cases > 0


def _report(loaded: Loaded, found: Sequence[Available]) -> Refusal | None:
    row = next((each for each in found if each.action == REPORT), None)
    if row is not None:
        return None if row.possible or row.reason is None else Refusal(row.reason.code, row.reason.reason)
    return _silent(Silence.NOT_A_PARTY) if loaded.order.final_at is None else Refusal(OVER, _OVER)


def _silent(why: Silence) -> Refusal:
    return Refusal(why.value, SILENCES[why])
