"""A data folder made empty again, for whoever wants the sample data as it was."""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

import typer

from orderhub.commands.configuration import data_folder
from orderhub.commands.presence import Presence
from orderhub.commands.terminal import RefusedError, say
from orderhub.infra.embedded_postgres import running_owner
from orderhub.settings import Mode, Settings

_CLUSTER: Final = "cluster"
"""What tells a data folder from any other."""


def reset(settings: Settings, *, is_sure: bool) -> None:
    """Delete everything in the data folder, asked first unless ``is_sure``. Raises RefusedError where it must not."""
    folder = data_folder(settings)
    if settings.mode is Mode.PRODUCTION:
        raise RefusedError("Production's data is not thrown away by a command.")
    if settings.database.url is not None:
        raise RefusedError(
            "ORDERHUB_DATABASE_URL names a database of your own, which this leaves alone: empty it yourself."
        )
    if not (folder / _CLUSTER / "PG_VERSION").is_file():
        say(f"Nothing to reset: no OrderHub has served {folder}.")
        return
    with Presence(folder):
        if (owner := running_owner(folder)) is not None:
            raise RefusedError(f"Process {owner} uses the database of {folder}: stop it first.")
        if not (is_sure or typer.confirm(f"Delete the database, files and secrets in {folder}?")):
            raise RefusedError("Nothing was deleted.")
        _empty(folder)
    say(f"{folder} is empty; the next `orderhub serve` fills it with the sample data as it was.")


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            with suppress(FileNotFoundError):
                entry.unlink()
