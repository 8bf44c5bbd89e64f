"""One mail for one person about one event, composed when it is about to be sent."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts import email_tokens, events
from orderhub.domain.accounts.email_tokens import Purpose
from orderhub.domain.accounts.models import Account
from orderhub.domain.events.models import Event
from orderhub.domain.notifications import phrases
from orderhub.domain.notifications.account_mails import ACCOUNT_MAILS
from orderhub.domain.notifications.alerts import Alert
from orderhub.domain.notifications.gathering import alerts_of
from orderhub.domain.notifications.models import SentMail
from orderhub.domain.notifications.ports import Mail
from orderhub.domain.notifications.rendering import Letter, Link, Site, render
from orderhub.domain.orders.models import Order
from orderhub.kit.ids import show_id
from orderhub.kit.text import Language

CONFIRMED: Final = "confirm_payment"


def message_id_of(event_id: UUID, account_id: UUID, site: Site) -> str:
    """The same for the same event and person, so that a mail sent twice can be recognised."""
    return f"{event_id.hex}.{account_id.hex}@{site.mail_domain}"


async def compose(session: AsyncSession, *, event_id: UUID, account_id: UUID, site: Site) -> Mail | None:
    """The mail about an event, or None when it was sent before or nobody is there to read it."""
    event, account = await session.get(Event, event_id), await session.get(Account, account_id)
    message_id = message_id_of(event_id, account_id, site)
    if event is None or account is None or account.erased_at is not None or await _was_sent(session, message_id):
        return None
    letter = await _letter(session, event, account, site)
    if letter is None:
        return None
    language = Language(account.language)
    text, html = render(letter, site=site, language=language, name=account.display_name)
    return Mail(message_id, account.email, language.value, letter.subject, text, html)


async def _letter(session: AsyncSession, event: Event, account: Account, site: Site) -> Letter | None:
    if event.topic in ACCOUNT_MAILS:
        return await _about_account(session, event, account, site)
    for alert in await alerts_of(session, event):
        if alert.account_id == account.id:
            return await _about_order(session, alert, account, site)
    return None


async def remember_sent(session: AsyncSession, mail: Mail, *, account_id: UUID) -> None:
    """Note that a server took this mail, so that it is not sent again."""
    values = {"message_id": mail.message_id, "account_id": account_id}
    await session.execute(insert(SentMail).values(values).on_conflict_do_nothing())


async def _was_sent(session: AsyncSession, message_id: str) -> bool:
    return bool(await session.scalar(select(exists().where(SentMail.message_id == message_id))))


async def _about_account(session: AsyncSession, event: Event, account: Account, site: Site) -> Letter | None:
    if event.topic == events.REGISTERED and account.confirmed_at is not None:
        return None
    found, language = ACCOUNT_MAILS[event.topic], Language(account.language)
    query = "" if found.token is None else await _token_query(session, found.token, account.id)
    title = found.title.within(language)
    links = [Link(found.button.within(language), site.link(found.path) + query)]
    return Letter("notice", title, links, {"title": title, "body": found.body.within(language), "quote": None})


async def _token_query(session: AsyncSession, purpose: Purpose, account_id: UUID) -> str:
    return "?" + urlencode({"token": await email_tokens.issue(session, account_id, purpose)})


async def _about_order(session: AsyncSession, alert: Alert, account: Account, site: Site) -> Letter:
    language, about = Language(account.language), alert.params.get("title")
    links = _links(alert, language, site)
    order = None if alert.order_id is None else await session.get(Order, alert.order_id)
    if alert.code == CONFIRMED and order is not None and order.buyer_id == account.id:
        title = phrases.CONFIRMATION.within(language)
        return Letter("confirmation", _subject(title, about), links, _confirmation(order, alert, language))
    title, body = phrases.filled(alert.code, alert.params, language, ZoneInfo(account.time_zone))
    values = {"title": title, "body": body, "quote": alert.params.get("quote")}
    return Letter("notice", _subject(title, about), links, values)


def _subject(title: str, about: str | None) -> str:
    return phrases.one_line(f"{title} – {about}" if about else title)


def _links(alert: Alert, language: Language, site: Site) -> list[Link]:
    found: list[Link] = []
    if alert.order_id is not None:
        url = site.link(f"/orders/{show_id('ord', alert.order_id)}")
        found.append(Link(phrases.SEE_ORDER.within(language), url))
    if alert.conversation_id is not None:
        url = site.link(f"/conversations/{show_id('cnv', alert.conversation_id)}")
        found.append(Link(phrases.SEE_CONVERSATION.within(language), url))
    return found if alert.code != "message.sent" else found[::-1]


def _confirmation(order: Order, alert: Alert, language: Language) -> dict[str, Any]:
    def money(amount: int) -> str:
        return phrases.show_money(amount, order.currency, language)

    return {
        "title": phrases.CONFIRMATION.within(language),
        "body": phrases.CONFIRMATION_BODY.within(language).format(title=order.title, seller=alert.params["seller"]),
        "lines": [{"title": line["title"], "price": money(line["price"])} for line in order.lines],
        "total_label": phrases.TOTAL.within(language),
        "total": money(order.total),
        "protection": phrases.PROTECTION.within(language),
    }
