"""What people read when something happens: one wording for each action of the tables, in both languages.

Keys are the tables' actions, written more closely where the words depend on it: ``action:status`` on
the status that was left, ``action>status`` on the one it leads to, ``kind.action`` on the kind of order.
The quote's are ``quote.action``. ``remind.key`` are the clock's reminders; other events have their topic.
A test holds that nothing a table can do is missing. Bodies name people by their handles, so that one
text serves whoever is told.

Fields: {title} {buyer} {seller} {due} {amount} {rest} {number} {author} {excerpt} {count}.
"""

from collections.abc import Mapping
from typing import Final

from orderhub.domain.notifications.wording import happenings, orders, quotes, replies, sourced
from orderhub.domain.notifications.words import Wording

ACTIONS: Final[Mapping[str, Wording]] = {**orders.ACTIONS, **sourced.ACTIONS, **quotes.ACTIONS}
REMINDERS: Final[Mapping[str, Wording]] = {**orders.REMINDERS, **sourced.REMINDERS, **quotes.REMINDERS}
HAPPENINGS: Final[Mapping[str, Wording]] = {**happenings.HAPPENINGS, **replies.HAPPENINGS}


def wording(code: str) -> Wording:
    """The wording of a notification's code. Raises KeyError for a code that nothing writes."""
    head, _, rest = code.partition(".")
    if code in HAPPENINGS:
        return HAPPENINGS[code]
    return REMINDERS[rest] if head == "remind" else ACTIONS[code]


def code_of(
    table: Mapping[str, Wording], action: str, left: str | None, *, kind: str = "", to: str | None = None
) -> str:
    """The key for an action from a status: the most particular wording that there is."""
    particular = (f"{action}>{to}", f"{action}:{left}", action)
    found = (*(f"{kind}.{key}" for key in particular), *particular)
    return next(key for key in found if key in table)
