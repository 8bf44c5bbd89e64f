"""Secrets that production refuses: published, weak, undecodable, or used twice."""

import binascii
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from orderhub.settings import NO_PROVIDER, Settings

_SHORTEST: Final = 32
"""Characters of a secret."""
_SHORTEST_KEY, _LONGEST_KEY = 24, 64
"""Bytes of a signing secret, as Standard Webhooks wants them."""
_FEWEST: Final = 8
"""Different characters of a secret, or bytes of a key."""
_PUBLISHED: Final = b"development-only-secret"
"""How the secrets began that earlier versions had for development: whoever reads their source has them."""
_RANDOM: Final = "set `openssl rand -base64 32`"
_SIGNING: Final = "set `echo whsec_$(openssl rand -base64 32)`"


def unsafe_secrets(settings: Settings) -> Iterator[str]:
    """A sentence for each secret that won't do."""
    plain = {"ORDERHUB_AUTH_SECRET": settings.auth.secret, "ORDERHUB_FILES_SECRET": settings.files.secret}
    signing = {
        "ORDERHUB_MAIL_INBOUND_SECRET": settings.mail.inbound_secret,
        **{f"ORDERHUB_TRACKING_CARRIERS ({name})": secret for name, secret in settings.carriers.items()},
    }
    if settings.telemetry.metrics_token is not None:
        plain["ORDERHUB_TELEMETRY_METRICS_TOKEN"] = settings.telemetry.metrics_token
    if settings.payments.provider != NO_PROVIDER:
        plain["ORDERHUB_PAYMENTS_API_KEY"] = settings.payments.api_key
        signing["ORDERHUB_PAYMENTS_WEBHOOK_SECRET"] = settings.payments.webhook_secret
    texts = {name: secret.get_secret_value() for name, secret in (plain | signing).items()}
    keys = {name: decoded(texts[name]) if name in signing else texts[name].encode() for name in texts}
    for name, text in texts.items():
        if (why := _why_not(text, keys[name], signing=name in signing)) is not None:
            yield f"{name} {why}: {_SIGNING if name in signing else _RANDOM}."
    yield from _alike(keys)


def decoded(text: str) -> bytes | None:
    """The key that a signing secret stands for, with or without its prefix and padding; None for anything else."""
    body = text.strip().removeprefix("whsec_").rstrip("=")
    try:
        return b64decode(body + "=" * (-len(body) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _why_not(text: str, key: bytes | None, *, signing: bool) -> str | None:
    if not text:
        return "is not set"
    if any(_PUBLISHED in form.lower() for form in (text.encode(), decoded(text) or b"")):
        return "is a development secret, which anybody can read in OrderHub's source"
    if key is None:
        return "is no signing secret, which is base64 behind `whsec_`"
    if len(key) < (_SHORTEST_KEY if signing else _SHORTEST):
        return f"is too short: {_SHORTEST_KEY} bytes in base64 at least" if signing else "is shorter than 32 characters"
    if signing and len(key) > _LONGEST_KEY:
        return f"is too long: {_LONGEST_KEY} bytes in base64 at most"
    return "is easily guessed, since it repeats itself" if len(set(key)) < _FEWEST else None


def _alike(keys: Mapping[str, bytes | None]) -> Iterator[str]:
    names: dict[bytes, list[str]] = defaultdict(list)
    for name, key in keys.items():
        if key:
            names[key].append(name)
    for same in names.values():
        if len(same) > 1:
            yield f"{' and '.join(same)} are the same secret: give each its own."
