"""Which notifications reach a person, and how: channels per topic.

In-app alerts and mails that a contract or the law asks for are *transactional*: they are always sent.
Whoever sends asks `channels`; what nobody chose comes in the member area and by e-mail. WhatsApp comes
to those who chose it, as its own rules want, and only while their profile has a phone number.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account, NotificationPreference
from orderhub.kit.errors import FieldError, InvalidError
from orderhub.kit.text import Label


class Channel(StrEnum):
    """A way to reach a person."""

    IN_APP = "in_app"
    EMAIL = "email"
    WHATSAPP = "whatsapp"


class Topic(StrEnum):
    """What a notification is about."""

    ACCOUNT = "account"
    PAYMENTS = "payments"
    ORDERS = "orders"
    REMINDERS = "reminders"
    MESSAGES = "messages"
    OFFERS = "offers"
    COMMENTS = "comments"
    REVIEWS = "reviews"
    DIGEST = "digest"


UNCHOSEN: Final = frozenset({Channel.IN_APP, Channel.EMAIL})
"""How a topic comes to somebody who chose nothing."""

LABELS: Final[Mapping[Topic, Label]] = {
    Topic.ACCOUNT: Label("Sécurité du compte", "Account security"),
    Topic.PAYMENTS: Label(
        "Confirmations, proformas, paiements, remboursements et factures",
        "Confirmations, proformas, payments, refunds and invoices",
    ),
    Topic.ORDERS: Label("Avancement des devis et des commandes", "Progress of quotes and orders"),
    Topic.REMINDERS: Label("Rappels avant échéance", "Reminders before a deadline"),
    Topic.MESSAGES: Label("Messages privés", "Private messages"),
    Topic.OFFERS: Label("Offres", "Offers"),
    Topic.COMMENTS: Label("Commentaires et mentions", "Comments and mentions"),
    Topic.REVIEWS: Label("Avis", "Reviews"),
    Topic.DIGEST: Label("Récapitulatif quotidien des boutiques", "Daily digest of shops"),
}

TRANSACTIONAL: Final[Mapping[Topic, frozenset[Channel]]] = {
    Topic.ACCOUNT: frozenset({Channel.EMAIL}),
    Topic.PAYMENTS: frozenset({Channel.EMAIL}),
}
"""Channels that can't be switched off."""


async def channels(session: AsyncSession, account_id: UUID, topic: Topic) -> frozenset[Channel]:
    """How to reach a person about this; nowhere once they are erased. The house reads its inbox alone."""
    if account_id == HOUSE_ID:
        return frozenset({Channel.EMAIL})
    statement = (
        select(Account.erased_at, Account.phone, NotificationPreference.channels)
        .outerjoin(
            NotificationPreference,
            (NotificationPreference.account_id == Account.id) & (NotificationPreference.topic == topic),
        )
        .where(Account.id == account_id)
    )
    found = (await session.execute(statement)).one_or_none()
    if found is None or found.erased_at is not None:
        return frozenset()
    return _chosen(topic, found.channels, found.phone)


async def list_preferences(session: AsyncSession, account_id: UUID) -> Mapping[Topic, frozenset[Channel]]:
    """The channels of every topic."""
    phone = await session.scalar(select(Account.phone).where(Account.id == account_id))
    rows = await session.scalars(select(NotificationPreference).where(NotificationPreference.account_id == account_id))
    chosen = {row.topic: row.channels for row in rows}
    return {topic: _chosen(topic, chosen.get(topic), phone) for topic in Topic}


async def replace_preferences(
    session: AsyncSession, account_id: UUID, wanted: Mapping[Topic, frozenset[Channel]]
) -> Mapping[Topic, frozenset[Channel]]:
    """Set the channels of the topics given; the others are as if never chosen.

    Raises InvalidError for a transactional channel that is missing, and for WhatsApp without a number.
    """
    # Locked against the same person at the same time: both would insert.
    phone = await session.scalar(select(Account.phone).where(Account.id == account_id).with_for_update(key_share=True))
    errors = [_locked(topic) for topic, chosen in wanted.items() if TRANSACTIONAL.get(topic, frozenset()) - chosen]
    if phone is None:
        errors += [_unreachable(topic) for topic, chosen in wanted.items() if Channel.WHATSAPP in chosen]
    if errors:
        raise InvalidError(errors[0].detail, errors=tuple(errors))
    await session.execute(delete(NotificationPreference).where(NotificationPreference.account_id == account_id))
    session.add_all(
        NotificationPreference(account_id=account_id, topic=topic, channels=sorted(chosen))
        for topic, chosen in wanted.items()
    )
    await session.flush()
    return await list_preferences(session, account_id)


def _chosen(topic: Topic, names: Sequence[str] | None, phone: str | None) -> frozenset[Channel]:
    if names is None:
        return UNCHOSEN
    chosen = frozenset(map(Channel, names)) | TRANSACTIONAL.get(topic, frozenset())
    return chosen if phone is not None else chosen - {Channel.WHATSAPP}


def _locked(topic: Topic) -> FieldError:
    needed = ", ".join(sorted(TRANSACTIONAL[topic]))
    return FieldError(
        f"/preferences/{topic}",
        "transactional",
        Label(
            f"Ceux-ci partent toujours par {needed} : gardez-le parmi les canaux.",
            f"These are always sent by {needed}: keep it among the channels.",
        ),
    )


def _unreachable(topic: Topic) -> FieldError:
    return FieldError(
        f"/preferences/{topic}",
        "no_phone",
        Label(
            "WhatsApp a besoin d’un numéro de téléphone : donnez-en un à votre profil (PATCH /v1/me).",
            "WhatsApp needs a phone number: give one to your profile (PATCH /v1/me).",
        ),
    )
