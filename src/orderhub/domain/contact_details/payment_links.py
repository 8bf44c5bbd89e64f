"""Where to pay outside of the hub, in running text: links, bank accounts, wallets. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from orderhub.domain.contact_details.spelling import LINK_HEAD, LINK_TAIL, hosts, pattern
from orderhub.kit.bank_codes import is_iban

_LINK: Final = pattern(
    LINK_HEAD
    + hosts(
        r"""(?: (?:paypal\.me|revolut\.me|monzo\.me|bunq\.me|tikkie\.me|lydia\.me|lyf\.eu|venmo\.com|cash\.app)
                (?![\w.-])
              | (?:[\w-]{1,63}\.)?
                (?:lydia-app\.com | sumup\.link | leetchi\.com | lemonway\.com | payoneer\.com | ko-fi\.com)
              | paypal\.com/(?:paypalme|invoice|pools|cgi-bin|donate|ncp) | wise\.com/(?:pay|share) | pay\.wise\.com
              | revolut\.com/pay | (?:pots|collect|pay)\.lydia\.me
              | (?:buy|checkout|donate)\.stripe\.com | pay\.sumup\.com | pay\.wave\.com | pay\.google\.com
              | (?:pay|checkout)\.revolut\.com | western-?union\.com | moneygram\.com )"""
    )
    + LINK_TAIL
)
_LINKED: Final = (
    *("paypal", "revolut", "monzo", "bunq", "tikkie", "lydia", "lyf", "venmo", "cash", "sumup", "leetchi", "lemonway"),
    *("payoneer", "ko-fi", "wise", "stripe", "wave", "google", "western", "moneygram"),
)
"""One of these is in every link: a text without any is not searched for one."""
_IBAN: Final = pattern(r"(?<!\w)[a-z]{2}\s?\d{2}(?:[\s._/|-]?[a-z0-9]){11,30}(?!\w)")
"""Only a candidate: `kit.bank_codes` knows whether it is one."""
_WALLET: Final = re.compile(
    r"(?<!\w)(?:0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{25,59}|(?:bitcoin|ethereum):\w{20,64})(?!\w)"
)

PAYMENT_NAME: Final = pattern(
    r"""\b(?: pay\s?pal | lydia | revolut | wise | wero | paylib | venmo | cash\s?app | western\s?union | money\s?gram
            | orange\s?money | mtn\s?(?:money|momo) | momo | moov\s?money | airtel\s?money | free\s?money | wave | flooz
            | t-?money | mixx | djamo | virement | zelle )\b(?!\.\w)"""
)
"""Next to an e-mail address or a number, it is where to pay."""


def find_payments(text: str) -> Iterator[tuple[int, int]]:
    """Where ways to pay stand, possibly overlapping."""
    lowered = text.lower()
    if any(name in lowered for name in _LINKED):
        yield from (found.span() for found in _LINK.finditer(text))
    yield from (found.span() for found in _WALLET.finditer(text))
    yield from _ibans(text)


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for found in _IBAN.finditer(text):
        start, end = found.span()
        while end > start and not is_iban(re.sub(r"[\s._/|-]", "", text[start:end])):
            end = text.rfind(" ", start, end)
        if end > start:
            yield start, end
