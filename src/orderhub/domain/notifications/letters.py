"""What a mail about an alert says: a notice in the alert's own words, or a letter of its own."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.models import Account
from orderhub.domain.contact_details.disclosure import ANYWHERE, AS_WRITTEN, between
from orderhub.domain.events.models import Event
from orderhub.domain.notifications import phrases
from orderhub.domain.notifications.alerts import Alert
from orderhub.domain.notifications.rendering import Letter, Link, Row, Site
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import Order
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label, Language


@dataclass(frozen=True, slots=True)
class LetterContext:
    """One person to be told of one event by mail."""

    session: AsyncSession
    event: Event
    alert: Alert
    account: Account
    site: Site

    @property
    def language(self) -> Language:
        """The reader's."""
        return Language(self.account.language)

    @property
    def zone(self) -> ZoneInfo:
        """The reader's."""
        return ZoneInfo(self.account.time_zone)

    @property
    def said(self) -> Mapping[str, Any]:
        """What the event says of the change; an event of before this was kept says nothing."""
        return self.event.data.get("said") or {}

    def say(self, label: Label) -> str:
        """A phrase in the reader's language."""
        return label.within(self.language)

    def words(self) -> tuple[str, str]:
        """The alert's headline and sentence."""
        return phrases.filled(self.alert.code, self.alert.params, self.language, self.zone)

    def subject(self, title: str) -> str:
        """The headline and what it is about, as a header."""
        about = self.alert.params.get("title")
        return phrases.one_line(f"{title} – {about}" if about else title)

    async def order(self) -> Order | None:
        """The order that the alert is about."""
        return None if self.alert.order_id is None else await self.session.get(Order, self.alert.order_id)

    def links(self) -> Sequence[Link]:
        """Where to go on: the order, quote, offer or listing, and the conversation; a message leads there first."""
        alert, found = self.alert, list[Link]()
        pages = (
            (phrases.SEE_ORDER, "orders", "ord", alert.order_id),
            (phrases.SEE_QUOTE, "quotes", "quo", None if alert.order_id else alert.quote_id),
            (phrases.SEE_OFFER, "offers", "off", None if alert.order_id else alert.offer_id),
            (phrases.SEE_LISTING, "listings", "lst", alert.listing_id),
            (phrases.SEE_CONVERSATION, "conversations", "cnv", alert.conversation_id),
        )
        for label, folder, prefix, page_id in pages:
            if page_id is not None:
                found.append(Link(self.say(label), self.site.link(f"/{folder}/{show_id(prefix, page_id)}")))
        return found if alert.code != "message.sent" else found[::-1]


OwnLetter = Callable[[LetterContext], Awaitable[Letter | None]]
"""Writes what one reader gets instead of the plain notice; None where it is the notice after all."""


def notice(context: LetterContext) -> Letter:
    """The alert's own words, and what somebody wrote with it."""
    title, body = context.words()
    values = {"title": title, "body": body, "quote": context.alert.params.get("quote")}
    return Letter("notice", context.subject(title), context.links(), values)


def statement(
    context: LetterContext,
    rows: Sequence[Row],
    *,
    words: tuple[str, str] | None = None,
    notes: Sequence[str] = (),
    quote: str | None = None,
) -> Letter:
    """A letter with a table of what it is about; headline and sentence are the alert's unless given."""
    title, body = words or context.words()
    values = {"title": title, "body": body, "rows": rows, "notes": notes, "quote": quote}
    return Letter("statement", context.subject(title), context.links(), values)


async def confirmation(context: LetterContext) -> Letter | None:
    """To a buyer: the order is paid, with its lines and its total."""
    order, said = await context.order(), context.said
    if order is None or order.buyer_id != context.account.id or "paid" not in said:
        return None

    def money(amount: int) -> str:
        return phrases.show_money(amount, order.currency, context.language)

    # Extras come after what was paid first, and the order may have some by now.
    shown, words = KINDS[order.kind].shown, AS_WRITTEN if order.seller_id == HOUSE_ID else between(ANYWHERE, paid=True)
    bought = map(shown.line, order.lines[: said["line_count"]])
    lines = [Row(words.text(line["title"]), money(line["price"])) for line in bought]
    named = {"title": words.text(order.title), "seller": context.alert.params["seller"]}
    body = context.say(phrases.CONFIRMATION_BODY).format_map(named)
    rows = [*lines, Row(context.say(phrases.TOTAL), money(said["paid"]["amount"]), strong=True)]
    headline = context.say(phrases.CONFIRMATION), body
    return statement(context, rows, words=headline, notes=[context.say(phrases.PROTECTION)])
