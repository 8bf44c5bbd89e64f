"""What contact details look like: the patterns that `masking.find` looks for, and what only looks alike.

Every pattern is bounded and begins at a boundary, so that a long hostile text costs linear time.
"""

import re
from typing import Final


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


_LINK_HEAD: Final = r"(?<![\w.-])(?:https?://)?(?:www\.)?"
_LINK_TAIL: Final = r"(?:[^\s<>\"')\]]{0,200}[^\s<>\"')\],;.:!?])?"

_AT: Final = r"(?:\s?@\s?|\s?[(\[{]\s?(?:at|a|arobase|@)\s?[)\]}]\s?|\s?\barobase\b\s?)"
_LOOSE_DOT: Final = r"\s?[(\[{]\s?(?:dot|point|\.)\s?[)\]}]\s?|\s(?:dot|point)\s"
_DOT: Final = rf"(?:\s?\.\s?|{_LOOSE_DOT})"

EMAIL: Final = _pattern(
    rf"""(?<![\w.+-])[\w.+-]{{1,64}} {_AT}
        [\w-]{{1,63}} (?:{_DOT}[\w-]{{1,63}}){{0,3}}? {_DOT}[a-z]{{2,24}} (?![\w@]|\.[a-z]{{2}})"""
)
SPELLED_EMAIL: Final = _pattern(r"(?<![\w.+-])[\w.+-]{1,64}\s(?:at|chez)\s[\w-]{1,63}\s(?:dot|point)\s[a-z]{2,24}\b")
"""``at`` alone is an English word: it counts only where the dot is spelled too."""

PAYMENT_LINK: Final = _pattern(
    _LINK_HEAD
    + r"""(?: (?:paypal\.me|revolut\.me|monzo\.me|bunq\.me|tikkie\.me|lydia\.me|lyf\.eu|venmo\.com|cash\.app)
              (?=[/\s]|$)
            | (?:[\w-]+\.)? (?:lydia-app\.com | sumup\.link | leetchi\.com | lemonway\.com | payoneer\.com)
            | paypal\.com/(?:paypalme|invoice|pools|cgi-bin|donate|ncp) | wise\.com/pay | pay\.wise\.com
            | wise\.com/share
            | revolut\.com/pay | (?:pots|collect|pay)\.lydia\.me
            | (?:buy|checkout|donate)\.stripe\.com | pay\.sumup\.com | pay\.wave\.com | pay\.google\.com
            | (?:pay|checkout)\.revolut\.com | western-?union\.com | moneygram\.com )"""
    + _LINK_TAIL
)
IBAN: Final = _pattern(r"(?<![\w])[a-z]{2}\s?\d{2}(?:[\s.-]?[a-z0-9]){11,30}(?!\w)")
"""Only a candidate: `kit.bank_codes` knows whether it is one."""
WALLET: Final = re.compile(
    r"(?<!\w)(?:0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{25,59}|(?:bitcoin|ethereum):\w{20,})(?!\w)"
)

PAYMENT_NAME: Final = _pattern(
    r"""\b(?: pay\s?pal | lydia | revolut | wise | wero | paylib | venmo | cash\s?app | western\s?union | money\s?gram
            | orange\s?money | mtn\s?(?:money|momo) | momo | moov\s?money | airtel\s?money | wave
            | virement | zelle )\b(?!\.\w)"""
)
"""Next to an e-mail address or a number, it is where to pay."""

MESSENGER_LINK: Final = _pattern(
    _LINK_HEAD
    + r"""(?: (?:wa\.me|t\.me|m\.me|telegram\.me|signal\.me|signal\.group|discord\.gg|line\.me) (?=[/\s]|$)
            | (?:api|chat|web)\.whatsapp\.com | whatsapp\.com/ | telegram\.org/ | web\.telegram\.org
            | discord(?:app)?\.com/(?:invite|users) | messenger\.com/t | snapchat\.com/add | join\.skype\.com
            | u\.wechat\.com
            | instagram\.com/(?!p/|reels?/|explore/)[\w.]  | ig\.me | facebook\.com/messages )"""
    + _LINK_TAIL
    + r"| \b(?:whatsapp|tg|sgnl|skype|viber)://?"
    + _LINK_TAIL
)
_MESSENGER: Final = r"what[’'`]?s?\s?app|wh?ats?app|telegram|signal|viber|skype|we\s?chat|snap(?:chat)?|discord"
_NETWORK: Final = r"instagram|insta|ig|tik\s?tok|facebook|fb|messenger|twitter|threads|tg"
MESSENGER_NAME: Final = _pattern(rf"\b(?:{_MESSENGER}|{_NETWORK})\b(?!\.\w)")
"""Next to an e-mail address or a number, it is where to write."""

HANDLES: Final = (
    _pattern(rf"\b(?:{_MESSENGER}|{_NETWORK})\b[\s:=(>–—-]{{0,4}}@\s?[\w.]{{2,40}}"),
    _pattern(
        rf"\b(?:{_MESSENGER}|{_NETWORK})\b(?:\s(?:is|est|c[’']est))?\s?[:=]\s?(?=[a-z])[a-z0-9]*[._\d][\w.]{{1,40}}\w"
    ),
    _pattern(rf"(?<![\w.])@[\w.]{{2,40}}\s?[,(]?\s?(?:sur|on|via|en)?\s(?:mon\s|my\s)?(?:{_MESSENGER}|{_NETWORK})\b"),
    _pattern(rf"\b(?:pseudo|identifiant|username|handle|user)\s(?:{_MESSENGER}|{_NETWORK})\s?[:=]?\s?@?[\w.]{{3,40}}"),
    _pattern(r"\bdiscord\b[\s:=]{0,3}[\w.]{2,32}\#\d{4}\b"),
)
_CONTACT_VERB: Final = (
    r"contact|[ée]cri|appel|joi(?:gn|ndre)|ajout|parl|retrouv|continu|discut|r[ée]pond|envoi|passe"
    r"|writ|call|reach|add|ping|find|talk|chat|text|message|dispo|available|move|switch|hit"
)
INVITATIONS: Final = (
    _pattern(
        rf"\b(?:{_CONTACT_VERB})\w*(?:[\s-]\S{{1,20}}){{0,4}}?\s(?:sur|via|par|on|by|through|over|to)\s(?P<what>{_MESSENGER})\b"
    ),
    _pattern(
        rf"\b(?:mon|my)\s(?P<what>{_MESSENGER})\b(?!\s(?:bot|api|channel|group|canal|groupe|serveur|server|integration))"
    ),
)
"""An invitation to another messenger; its name alone is no secret: a seller may well make Telegram bots."""
