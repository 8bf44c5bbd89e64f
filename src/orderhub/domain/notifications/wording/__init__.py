"""What people read when something happens: one wording for each action of the tables, in both languages.

An order's are those of its kind, and else those of any kind. Keys are the tables' actions, written more closely
where the words depend on it: ``action:status`` on the status that was left, ``action>status`` on the one it leads to;
with ``@buyer`` or ``@seller`` behind, they are that reader's own.
A code is such a key after its kind's prefix. The quote's are ``quote.action``, the offer's ``offer.action``;
``remind.code`` are the clock's reminders; other events have their topic. A test holds that nothing a table can do is
missing. Bodies name people by their handles, so that one text serves whoever is told.

Fields: {title} {buyer} {seller} {due} {amount} {rest} {number} {author} {excerpt} {count}.
"""

from collections.abc import Mapping
from typing import Final

from orderhub.domain.notifications.wording import offers, orders, other_events, quotes, replies
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.wording import Wording

Wordings = Mapping[str, Wording]


def _with_prefix(prefix: str, wordings: Wordings) -> dict[str, Wording]:
    return {prefix + key: wording for key, wording in wordings.items()}


ACTIONS: Final[Wordings] = {
    **orders.ACTIONS,
    **quotes.ACTIONS,
    **offers.ACTIONS,
    **{
        code: said
        for kind in KINDS.values()
        for code, said in _with_prefix(kind.words.prefix, kind.words.actions).items()
    },
}
REMINDERS: Final[Wordings] = {
    **orders.REMINDERS,
    **quotes.REMINDERS,
    **offers.REMINDERS,
    **{
        code: said
        for kind in KINDS.values()
        for code, said in _with_prefix(kind.words.prefix, kind.words.reminders).items()
    },
}
OTHER_EVENTS: Final[Wordings] = {**other_events.OTHER_EVENTS, **replies.OTHER_EVENTS}


def wording(code: str) -> Wording:
    """The wording of a notification's code. Raises KeyError for a code that nothing writes."""
    head, _, rest = code.partition(".")
    if code in OTHER_EVENTS:
        return OTHER_EVENTS[code]
    return REMINDERS[rest] if head == "remind" else ACTIONS[code]


def code_of(kind: str, action: str, left: str | None, to: str | None = None, *, reader: str) -> str:
    """The code of an order's action from a status, as that party reads it.

    The most particular wording of its kind, else that of any kind.
    """
    words = KINDS[kind].words
    keys = (f"{action}>{to}", f"{action}:{left}", action)
    each = tuple(found for key in keys for found in (f"{key}@{reader}", key))
    return _code(words.prefix, words.actions, orders.ACTIONS, each)


def reminder_code_of(kind: str, action: str, status: str) -> str:
    """Likewise of a reminder of an action that a status waits for; `remind.` goes before it."""
    words = KINDS[kind].words
    return _code(words.prefix, words.reminders, orders.REMINDERS, (f"{action}:{status}", action))


def _code(prefix: str, own: Wordings, of_any: Wordings, keys: tuple[str, ...]) -> str:
    for key in keys:
        if key in own:
            return prefix + key
    return next(key for key in keys if key in of_any)
