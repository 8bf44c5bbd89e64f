"""Handles: the unique name of an account in mentions and public pages."""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from orderhub.domain.contact_details.masking import find
from orderhub.kit.errors import invalid_field
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label

SHORTEST: Final = 3
LONGEST: Final = 30
PATTERN: Final = r"^[a-z0-9_][a-z0-9_.]{1,28}[a-z0-9_]$"
"""A dot at either end would be taken for the punctuation around a mention."""

_ERASED: Final = "erased_"
_WAITING: Final = "waiting_"
_OF_SHOP: Final = "shop_"
_ROOM_FOR_DIGITS: Final = 6
_RESERVED: Final = frozenset(
    """
    about abuse account accounts admin administrateur administrator admins aide all anonymous api apps assistance
    auth billing blog bot cgu cgv client compte contact deleted demo dev docs erased everyone facturation finance
    git health help here house hub info legal login logout mail maison me metrics moderateur moderation moderator
    news no.reply no_reply nobody noreply null official officiel operator order.hub order_hub orderhub owner
    paiement payment payments postmaster press privacy production rgpd root sales securite security seller service
    settings shop shops signup staff status store support supprime sysadmin system team test tous undefined user
    users vendeur webhook webhooks webmaster www
    """.split()  # noqa: SIM905 - a column of words is no easier to read
)


def check_handle(handle: str, pointer: str = "/handle") -> None:
    """Refuse a handle that is misspelt or kept for the house. Raises InvalidError at ``pointer``."""
    if not re.fullmatch(PATTERN, handle):
        detail = Label(
            f"Choisissez {SHORTEST} à {LONGEST} caractères : a–z, 0–9, « _ » et « . », sans point au bord.",
            f"Choose {SHORTEST} to {LONGEST} of a–z, 0–9, '_' and '.', with no dot at either end.",
        )
        raise invalid_field(pointer, "invalid_handle", detail)
    if find(handle):
        raise invalid_field(
            pointer,
            "contact_details",
            Label(
                "Un identifiant ne dit pas comment joindre ou payer quelqu’un.",
                "A handle says nothing of how to reach or to pay somebody.",
            ),
        )
    if is_reserved(handle):
        raise invalid_field(
            pointer,
            "reserved_handle",
            Label(
                "Cet identifiant est réservé à la maison. Choisissez-en un autre.",
                "This handle is kept for the house. Choose another.",
            ),
        )


def is_reserved(handle: str) -> bool:
    """Whether nobody may take this handle."""
    return handle in _RESERVED or handle.startswith((_ERASED, _WAITING, _OF_SHOP, "orderhub"))


def suggest_handles(wish: str) -> Sequence[str]:
    """Handles like a wish or a display name, the likest first; the later ones are hardly ever taken."""
    plain = unicodedata.normalize("NFKD", wish).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9_]+", ".", plain).strip(".")
    if find(wish) or find(stem):
        stem = ""
    if len(stem) < SHORTEST:
        stem = f"{stem}membre"
    short = stem[: LONGEST - _ROOM_FOR_DIGITS].rstrip(".")
    numbered = [f"{short}{secrets.randbelow(900_000) + 100_000}" for _ in range(4)]
    first = stem[:LONGEST].rstrip(".")
    return numbered if is_reserved(first) else [first, *numbered]


def erased_handle(account_id: UUID) -> str:
    """What stands in the place of an erased person's handle."""
    return _ERASED + show_id("", account_id)[-20:]


def waiting_handle(account_id: UUID) -> str:
    """What stands in the place of the handle until somebody confirms the account."""
    return _WAITING + show_id("", account_id)[-20:]


def shop_handle(account_id: UUID) -> str:
    """The handle of a shop's account, which nobody chooses."""
    return _OF_SHOP + account_id.hex[-12:]


def is_waiting(handle: str) -> bool:
    """Whether an account has no handle yet."""
    return handle.startswith(_WAITING)
