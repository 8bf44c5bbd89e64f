"""Letters of an item's order once it is paid: to the buyer what it cost, to the seller what goes where until when."""

from collections.abc import Mapping, Sequence
from typing import Final

from orderhub.domain.contact_details.disclosure import ANYWHERE, Disclosure, between
from orderhub.domain.notifications import phrases, statements
from orderhub.domain.notifications.letters import LetterContext, OwnLetter, statement
from orderhub.domain.notifications.rendering import Letter, Row
from orderhub.domain.notifications.statements import Writer
from orderhub.domain.orders.kinds.item.clocks import ship_by
from orderhub.domain.orders.kinds.item.details import ItemDetails, details_of
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.state import OrderState
from orderhub.kit.clock import show_instant
from orderhub.kit.text import Label

SHIPPING: Final = Label("Envoi", "Shipping")
FEE: Final = Label("Protection de l’acheteur", "Buyer protection")
SENT_BY: Final = Label("Envoyé par le vendeur au plus tard le", "Sent by the seller by")
SEND_BY: Final = Label("À envoyer au plus tard le", "To be sent by")
SEND_TO: Final = Label("Adresse d’envoi", "Address to send to")


async def sold(context: LetterContext) -> Letter | None:
    """To the buyer a confirmation, to the seller what is to be sent."""
    order = await context.order()
    if order is None or "paid" not in context.said:
        return None
    state, words = state_of(order), between(ANYWHERE, paid=True)
    if context.account.id == order.buyer_id:
        return _confirmation(context, state, words)
    return _to_send(context, state, words) if context.account.id == order.seller_id else None


def _confirmation(context: LetterContext, order: OrderState, words: Disclosure) -> Letter:
    write = Writer(order.currency, context.language)
    rows = [
        *_items(write, details_of(order), words),
        write.row(SHIPPING, order.shipping),
        write.row(FEE, order.fee),
        write.row(phrases.TOTAL, context.said["paid"]["amount"], strong=True),
        _until(context, order, SENT_BY),
    ]
    named = {"title": words.text(order.title), "seller": context.alert.params["seller"]}
    headline = context.say(phrases.CONFIRMATION), context.say(phrases.CONFIRMATION_BODY).format_map(named)
    return statement(context, rows, words=headline, notes=[context.say(phrases.PROTECTION)])


def _to_send(context: LetterContext, order: OrderState, words: Disclosure) -> Letter:
    bought = details_of(order)
    rows = [*_items(Writer(order.currency, context.language), bought, words), _until(context, order, SEND_BY)]
    if bought.address:
        rows.append(Row(context.say(SEND_TO), words.text(statements.address_line(bought.address))))
    return statement(context, rows)


def _items(write: Writer, bought: ItemDetails, words: Disclosure) -> Sequence[Row]:
    return [Row(words.text(item.title), write.money(item.price)) for item in bought.items]


def _until(context: LetterContext, order: OrderState, label: Label) -> Row:
    due = show_instant(ship_by(order, order.paid_at or context.event.at))
    return Row(context.say(label), phrases.show_time(due, context.language, context.zone))


LETTERS: Final[Mapping[str, OwnLetter]] = {"item.confirm_payment": sold, "item.confirm_payment@buyer": sold}
"""By the alert's code."""
