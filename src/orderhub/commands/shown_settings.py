"""Every setting with its value and where it came from; secrets are hidden, unsafe ones are named."""

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel, SecretStr
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource
from rich.text import Text

from orderhub.commands.configuration import PREFIX, variable
from orderhub.commands.terminal import console
from orderhub.safety import unsafe
from orderhub.settings import Mode, Settings

_FOR_TESTS: Final = f"{PREFIX}TEST_"
_PASSWORD: Final = re.compile(r"(://[^:/@\s]*):[^@/\s]*@")
_STYLES: Final = {"environment": "green", ".env": "yellow", "default": "dim"}


def print_settings(settings: Settings) -> bool:
    """Print them all; whether this deployment may start with them."""
    lines = [(name, shown(value), source) for name, value, source in sourced(settings)]
    width = max(len(name) for name, _, _ in lines)
    out = console()
    for name, value, source in lines:
        out.print(Text(f"{name:<{width}}  ") + Text(value or "—", "bold") + Text(f"  ({source})", _STYLES[source]))
    for name in unknown():
        out.print(Text(f"\n{name} is set, but is not a setting.", "red"))
    _print_unsafe(settings)
    return not unsafe(settings)


def sourced(settings: Settings) -> Iterator[tuple[str, Any, str]]:
    """The name, value and source of each setting."""
    sources = {"environment": EnvSettingsSource(Settings)(), ".env": DotEnvSettingsSource(Settings)()}
    for name, value in settings:
        for path, leaf in _leaves(name, value):
            yield (
                variable(*path),
                leaf,
                next((label for label, given in sources.items() if _has(given, path)), "default"),
            )


def shown(value: Any) -> str:
    """A value as it may be seen by anybody."""
    if isinstance(value, SecretStr):
        secret = value.get_secret_value()
        if not secret:
            return "(made in the data folder)"
        return _without_password(secret) if "://" in secret else "(hidden)"
    if isinstance(value, dict):
        return ", ".join(f"{key} {shown(part)}" for key, part in value.items())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return "" if value is None else _without_password(str(value))


def unknown() -> list[str]:
    """Variables that look like settings and are none: a misspelt one is easily overlooked."""
    groups = tuple(f"{PREFIX}{group}".upper() for group in Settings.model_fields)
    names = [name for name in os.environ if name.upper().startswith(PREFIX)]
    return [name for name in names if not name.upper().startswith((*groups, _FOR_TESTS))]


def _print_unsafe(settings: Settings) -> None:
    found = unsafe(settings.model_copy(update={"mode": Mode.PRODUCTION}))
    if not found:
        return
    production = settings.mode is Mode.PRODUCTION
    head = "Unsafe: OrderHub refuses to start" if production else "Fine for development; production would refuse"
    console().print(Text(f"\n{head}", "red" if production else "yellow"))
    for sentence in found:
        console().print(f"  {sentence}", markup=False)


def _leaves(name: str, value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, BaseModel):
        for field, leaf in value:
            yield (name, field), leaf
    else:
        yield (name,), value


def _has(given: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    found: Any = given
    for part in path:
        if not isinstance(found, Mapping) or part not in found:
            return False
        found = found[part]  # pyright: ignore[reportUnknownVariableType]
    return True


def _without_password(text: str) -> str:
    return _PASSWORD.sub(r"\1:***@", text)
