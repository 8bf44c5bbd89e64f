"""One WhatsApp message for one person about one event: the alert's own words, and where to go on."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.events.models import Event
from orderhub.domain.notifications.gathering import alerts_of
from orderhub.domain.notifications.letters import LetterContext
from orderhub.domain.notifications.models import SentWhatsApp
from orderhub.domain.notifications.ports import WhatsAppMessage
from orderhub.domain.notifications.rendering import Site


async def compose_whatsapp(
    session: AsyncSession, *, event_id: UUID, account_id: UUID, site: Site
) -> WhatsAppMessage | None:
    """The message about an event, or None when it was sent before or nobody is there to read it."""
    event, account = await session.get(Event, event_id), await session.get(Account, account_id)
    if event is None or account is None or account.phone is None or account.erased_at is not None:
        return None
    if await session.get(SentWhatsApp, (event_id, account_id)) is not None:
        return None
    for alert in await alerts_of(session, event):
        if alert.account_id == account_id:
            return _message(LetterContext(session, event, alert, account, site), account.phone)
    return None


def _message(context: LetterContext, phone: str) -> WhatsAppMessage:
    title, body = context.words()
    quote, links = context.alert.params.get("quote"), context.links()
    return WhatsAppMessage(
        reference=f"{context.event.id.hex}.{context.account.id.hex}",
        phone=phone,
        language=context.language.value,
        title=title,
        body=f"{body}\n\n{quote}" if quote else body,
        link=links[0].url if links else context.site.front_url,
    )


async def remember_whatsapp(session: AsyncSession, *, event_id: UUID, account_id: UUID, provider_id: str) -> None:
    """Note that WhatsApp took this message, and its id of it, so that it is not sent again."""
    values = {"event_id": event_id, "account_id": account_id, "provider_id": provider_id}
    await session.execute(insert(SentWhatsApp).values(values).on_conflict_do_nothing())
