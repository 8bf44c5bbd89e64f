"""Settings of a deployment that production takes."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final

from orderhub.settings import Settings


def signing_secret(name: str, size: int = 32) -> str:
    """A secret as Standard Webhooks writes it, the same for the same name."""
    return f"whsec_{b64encode(hashlib.shake_256(name.encode()).digest(size)).decode()}"


def plain_secret(name: str) -> str:
    """A secret of 64 characters, the same for the same name."""
    return hashlib.sha256(name.encode()).hexdigest()


SAFE: Final[Mapping[str, Mapping[str, Any]]] = {
    "database": {"url": "postgresql://hub:les-clefs-du-coffre@db.maison.fr/hub"},
    "server": {"public_url": "https://hub.maison.fr", "front_url": "https://maison.fr/boutique"},
    "auth": {"secret": plain_secret("auth")},
    "files": {"secret": plain_secret("files")},
    "mail": {
        "host": "smtp.maison.fr",
        "sender": "La Maison <no-reply@maison.fr>",
        "reply_domain": "reponses.maison.fr",
        "inbound_secret": signing_secret("mail"),
    },
    "payments": {"provider": "none"},
    "tracking": {"carriers": {"colissimo": signing_secret("colissimo")}},
    "sandbox": {"clock": False, "mailbox": False},
    "house": {"street": ["3 quai de Rive-Neuve"], "support_email": "aide@maison.fr"},
}


def safe_settings(change: Mapping[str, Mapping[str, Any]] | None = None) -> Settings:
    """Production settings, some of a group's values changed."""
    changed = change or {}
    groups = {name: {**SAFE.get(name, {}), **changed.get(name, {})} for name in {**SAFE, **changed}}
    return Settings(_env_file=None, mode="production", **groups)  # pyright: ignore[reportCallIssue, reportArgumentType]


def safe_environment(**changed: str) -> dict[str, str]:
    """The same as variables for a process, without their prefix, some of them changed."""
    said = {f"{group}_{name}": _said(value) for group, values in SAFE.items() for name, value in values.items()}
    return {"mode": "production", **said, **changed}


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
