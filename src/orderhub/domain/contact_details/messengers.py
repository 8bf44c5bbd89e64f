"""Messengers in running text: links, names of people there, invitations to talk there. Pure."""

from collections.abc import Iterator
from typing import Final

from orderhub.domain.contact_details.spelling import LINK_HEAD, LINK_TAIL, hosts, pattern

_LINK: Final = pattern(
    LINK_HEAD
    + hosts(
        r"""(?: (?:wa\.me|t\.me|m\.me|telegram\.me|signal\.me|signal\.group|discord\.gg|line\.me|fb\.me) (?![\w.-])
              | (?:api|chat|web)\.whatsapp\.com | whatsapp\.com/ | telegram\.org/ | web\.telegram\.org
              | discord(?:app)?\.com/(?:invite|users) | messenger\.com/t | snapchat\.com/(?:add|t) | join\.skype\.com
              | u\.wechat\.com | tiktok\.com/@
              | instagram\.com/(?!p/|reels?/|explore/)[\w.] | ig\.me | facebook\.com/messages
              | facebook\.com/profile\.php )"""
    )
    + LINK_TAIL
    + r"| \b(?:whatsapp|tg|sgnl|skype|viber)://?"
    + LINK_TAIL
)
_MESSENGER: Final = r"what[’'`]?s?\s?app|wh?ats?app|telegram|signal|viber|skype|we\s?chat|snap(?:chat)?|discord"
_NETWORK: Final = r"instagram|insta|ig|tik\s?tok|facebook|fb|messenger|twitter|threads|tg"
MESSENGER_NAME: Final = pattern(rf"\b(?:{_MESSENGER}|{_NETWORK})\b(?!\.\w)")
"""Next to an e-mail address or a number, it is where to write."""
_MENTION: Final = pattern(rf"\b(?:{_MESSENGER}|{_NETWORK}|wa|t|m|sgnl|line|discordapp)\b")
"""In every text that holds anything of these: one without is not searched."""

_NOTHING_ELSE: Final = (
    r"what[’'`]?s?\s?app|wh?ats?app|telegram|viber|skype|snap(?:chat)?|insta(?:gram)?|ig|tik\s?tok|fb|tg"
)
"""Names that are no words of their own: a single word after one and a colon is a name there."""
_NO_NAME: Final = (
    r"(?:stor(?:y|ies)|posts?|reels?|shorts?|lives?|feed|bio|ads?|pubs?|publicit[ée]s?|publications?|carr[ée]e?s?|carrousels?"
    r"|carousels?|portraits?|paysages?|horizontal|vertical|vid[ée]os?|photos?|images?|bann?i[èe]res?|banners?|couvertures?"
    r"|covers?|visuels?|visuals?|logos?|formats?|templates?|avatars?|pages?|profils?|profiles?|groupes?|groups?|contenus?"
    r"|content|packs?|bots?|oui|non|ok|yes|no|aucune?|none|rien|tou(?:s|tes)|idem|same|gratuit|free|inclus|included)"
)
_ENDS: Final = r"(?=\s{0,3}(?:$|[\n,;.!?)/|]|(?:et|ou|and|or|merci|svp|stp|thanks|thank|please)\b))"
_HANDLES: Final = (
    pattern(rf"\b(?:{_MESSENGER}|{_NETWORK})\b[\s:=(>–—-]{{0,4}}@\s?[\w.]{{2,40}}"),
    pattern(
        rf"""\b(?:{_MESSENGER}|{_NETWORK})\b (?:\s(?:is|est|c[’']est))? \s?[:=]\s?
            (?=[a-z])[a-z0-9]{{0,40}}[._\d][\w.]{{1,40}}\w"""
    ),
    pattern(
        rf"""\b(?:{_NOTHING_ELSE})\b \s?(?:[:=>]|->|→|c[’']est\s)\s?
            (?!{_NO_NAME}\b) (?=[\w.]{{0,38}}[a-z]) [a-z0-9_.]{{3,40}} {_ENDS}"""
    ),
    pattern(rf"(?<![\w.])@[\w.]{{2,40}}\s?[,(]?\s?(?:sur|on|via|en)?\s(?:mon\s|my\s)?(?:{_MESSENGER}|{_NETWORK})\b"),
    pattern(rf"\b(?:pseudo|identifiant|username|handle|user)\s(?:{_MESSENGER}|{_NETWORK})\s?[:=]?\s?@?[\w.]{{3,40}}"),
    pattern(r"\bdiscord\b[\s:=]{0,3}[\w.]{2,32}\#\d{4}\b"),
)
_CONTACT_VERB: Final = (
    r"contact|[ée]cri|appel|joi(?:gn|ndre)|ajout|parl|retrouv|continu|discut|r[ée]pond|envoi|passe"
    r"|writ|call|reach|add|ping|find|talk|chat|text|message|dispo|available|move|switch|hit"
)
_INVITATIONS: Final = (
    pattern(
        rf"""\b(?:{_CONTACT_VERB})\w{{0,20}} (?:[\s-][^\s-]{{1,20}}){{0,4}}?
            \s(?:sur|via|par|on|by|through|over|to)\s (?P<what>{_MESSENGER})\b"""
    ),
    pattern(
        rf"""\b(?:mon|my)\s (?P<what>{_MESSENGER})\b
            (?!\s(?:bot|api|channel|group|canal|groupe|serveur|server|integration))"""
    ),
)
"""An invitation to another messenger; its name alone is no secret: a seller may well make Telegram bots."""


def find_messengers(text: str) -> Iterator[tuple[int, int]]:
    """Where people are led to a messenger, possibly overlapping."""
    if _MENTION.search(text) is None:
        return
    for looked_for in (_LINK, *_HANDLES):
        yield from (found.span() for found in looked_for.finditer(text))
    for looked_for in _INVITATIONS:
        yield from (found.span("what") for found in looked_for.finditer(text))
