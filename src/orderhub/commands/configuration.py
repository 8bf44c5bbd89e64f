"""The settings of a command: read, checked, with what the command line says on top."""

from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_settings import SettingsError

from orderhub.commands.terminal import RefusedError
from orderhub.infra.development_secrets import KeyDamagedError, with_development_secrets
from orderhub.infra.embedded_postgres import default_data_dir
from orderhub.safety import unsafe
from orderhub.settings import Settings

PREFIX: Final = "ORDERHUB_"


def load_settings(
    *, host: str | None = None, port: int | None = None, data_dir: Path | None = None, insecure: bool | None = None
) -> Settings:
    """The settings, with a data folder. Raises RefusedError that names each value that is no good."""
    given = {"host": host, "port": port, "data_dir": data_dir, "insecure": insecure}
    try:
        settings = Settings(server={name: value for name, value in given.items() if value is not None})  # pyright: ignore[reportArgumentType] - merged with the environment's values
    except ValidationError as wrong:
        raise RefusedError("\n".join(_sentence(error) for error in wrong.errors())) from wrong
    except SettingsError as wrong:
        raise RefusedError(f"A setting can't be read: {wrong}. Lists are written as JSON.") from wrong
    except OSError as reason:
        raise RefusedError(
            f"Can't read {reason.filename} in this folder: {reason.strerror}. Start in another one."
        ) from reason
    folder = (settings.server.data_dir or default_data_dir()).expanduser().absolute()
    return with_server(settings, data_dir=folder)


def with_server(settings: Settings, **changes: Any) -> Settings:
    """The same settings, some of those of the server changed."""
    return settings.model_copy(update={"server": settings.server.model_copy(update=changes)})


def data_folder(settings: Settings) -> Path:
    """The data folder of loaded settings."""
    folder = settings.server.data_dir
    if folder is None:
        message = "only settings of load_settings have a data folder"
        raise ValueError(message)
    return folder


def refuse_unsafe(settings: Settings) -> None:
    """Raise RefusedError that names each value that production must not run with."""
    found = unsafe(settings)
    if found:
        listed = "\n".join(f"  {sentence}" for sentence in found)
        raise RefusedError(f"Production refuses to start with unsafe settings:\n{listed}")


def with_secrets(settings: Settings) -> Settings:
    """The same settings; where development has no secrets set, with those of its data folder. Raises RefusedError."""
    try:
        return with_development_secrets(settings)
    except KeyDamagedError as reason:
        raise RefusedError(str(reason)) from reason
    except OSError as reason:
        folder = data_folder(settings)
        raise RefusedError(
            f"Can't use the folder {folder}: {reason.strerror}. Choose another one with --data-dir."
        ) from reason


def variable(*path: str) -> str:
    """The name of a setting in the environment."""
    return PREFIX + "_".join(path).upper()


def _sentence(error: Any) -> str:
    name = variable(*(str(part) for part in error["loc"]))
    if error["type"] == "extra_forbidden":
        return f"{name} is not a setting; `orderhub settings` lists them all."
    return f"{name} is no good: {error['msg'].removeprefix('Value error, ')}."
