"""Secrets of a development deployment: its own, where none are set, and known to nobody else.

They are derived from a key in the data folder, which the first process makes and the others on that folder
read. So tokens and reply addresses stay good over restarts, and no two deployments take each other's.
"""

import hmac
import os
import secrets
from base64 import b64encode, urlsafe_b64encode
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Final

from pydantic import BaseModel, SecretStr

from orderhub.settings import Mode, Settings

KEY_FILE: Final = "development.key"
_KEY_BYTES: Final = 32
CARRIER: Final = "colissimo"
"""A carrier whose feed can be tried where no others are set."""

_PLAIN: Final = (("auth", "secret"), ("files", "secret"), ("payments", "api_key"))
_SIGNING: Final = (("payments", "webhook_secret"), ("mail", "inbound_secret"))


class KeyDamagedError(Exception):
    """The data folder's key can't be used; the message says what to do."""


def with_development_secrets(settings: Settings) -> Settings:
    """The same settings, each secret that isn't set made in development mode; production is left as it is.

    Without a data folder they are of this process alone. Raises KeyDamagedError and OSError.
    """
    missing = [path for path in (*_PLAIN, *_SIGNING) if not _is_set(settings, path)]
    carriers_missing = settings.tracking.carriers is None
    if settings.mode is not Mode.DEVELOPMENT or not (missing or carriers_missing):
        return settings
    key = _key(settings.server.data_dir)
    changes: dict[str, dict[str, Any]] = {}
    for group, name in missing:
        make = _signing if (group, name) in _SIGNING else _plain
        changes.setdefault(group, {})[name] = make(key, f"{group}.{name}")
    if carriers_missing:
        changes["tracking"] = {"carriers": {CARRIER: _signing(key, f"tracking.{CARRIER}")}}
    groups = {group: _changed(getattr(settings, group), values) for group, values in changes.items()}
    return settings.model_copy(update=groups)


def _is_set(settings: Settings, path: tuple[str, str]) -> bool:
    group, name = path
    return bool(getattr(getattr(settings, group), name).get_secret_value())


def _changed(group: BaseModel, values: dict[str, Any]) -> BaseModel:
    return group.model_copy(update=values)


def _derive(key: bytes, name: str) -> bytes:
    return hmac.digest(key, name.encode(), "sha256")


def _plain(key: bytes, name: str) -> SecretStr:
    return SecretStr(urlsafe_b64encode(_derive(key, name)).decode().rstrip("="))


def _signing(key: bytes, name: str) -> SecretStr:
    """As Standard Webhooks writes a secret."""
    return SecretStr(f"whsec_{b64encode(_derive(key, name)).decode()}")


def _key(folder: Path | None) -> bytes:
    if folder is None:
        return secrets.token_bytes(_KEY_BYTES)
    path = folder / KEY_FILE
    if not path.exists():
        _make(path)
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        message = f"{path} holds no key: delete it, and OrderHub makes another one. Tokens given out so far end then."
        raise KeyDamagedError(message)
    return key


def _make(path: Path) -> None:
    """Write a new key that only this user reads; of several processes at once, one is first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, new = mkstemp(dir=path.parent, prefix=f"{KEY_FILE}.")  # mode 600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{secrets.token_hex(_KEY_BYTES)}\n")
        with suppress(FileExistsError):
            os.link(new, path)
    finally:
        Path(new).unlink()
