"""``orderhub``: how each command is called. What they do is in `commands`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from orderhub import __version__
from orderhub.commands.terminal import RefusedError, complain, say
from orderhub.infra.embedded_postgres import EmbeddedPostgresError
from orderhub.kit.errors import DomainError

app = typer.Typer(
    name="orderhub",
    help="An order back end that holds the money until the buyer has what was promised. "
    "On a new machine: `orderhub serve`, then open the address that it prints.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Folder of the embedded database, uploads and the sandbox provider.",
        show_default="one of this user's own",
    ),
]
Host = Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")]
Port = Annotated[
    int | None, typer.Option(min=0, max=65_535, help="Port to listen on; 0 takes a free one.", show_default="8000")
]

_RUN, _DATA, _SHOW = "Run", "Look after the data", "Look up"


def main() -> None:
    """Run the command line; what was expected to go wrong is told in one sentence, with status 1."""
    try:
        app()
    except RefusedError as reason:
        complain(f"orderhub: {reason}")
    except EmbeddedPostgresError as reason:
        complain(f"orderhub: {reason}")
    except DomainError as reason:
        complain(f"orderhub: {_sentence(reason)}")
    else:
        return
    sys.exit(1)


def _sentence(reason: DomainError) -> str:
    details = [error.detail for error in reason.errors] or [reason.detail or ""]
    return f"{reason.title.en}. {' '.join(details)}".strip()


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        say(f"orderhub {__version__}")
        raise typer.Exit


@app.callback()
def orderhub(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that come before a command."""


@app.command(rich_help_panel=_RUN)
def serve(
    host: Host = None,
    port: Port = None,
    data_dir: DataDir = None,
    *,
    sample_data: Annotated[bool, typer.Option(help="Fill an empty database with people and services to try.")] = True,
) -> None:
    """Serve everything in one process: database, API, worker and sandbox payments.

    Without any setting it brings its own PostgreSQL and, on its first start, a sample data set. With
    ORDERHUB_DATABASE_URL it uses that PostgreSQL (15 or later) instead. Ctrl-C stops it.
    """
    _run("server", host, port, data_dir, api=True, worker=True, sample_data=sample_data)


@app.command(rich_help_panel=_RUN)
def api(host: Host = None, port: Port = None, data_dir: DataDir = None) -> None:
    """Serve the API alone; run as many as you like beside `orderhub worker`."""
    _run("API", host, port, data_dir, api=True)


@app.command(rich_help_panel=_RUN)
def worker(data_dir: DataDir = None) -> None:
    """Do what runs later, alone: timers, refunds, mails, webhooks; run as many as you like."""
    _run("worker", None, None, data_dir, worker=True)


def _run(  # noqa: PLR0913 - what the three commands have in common
    name: str,
    host: str | None,
    port: int | None,
    data_dir: Path | None,
    *,
    api: bool = False,
    worker: bool = False,
    sample_data: bool = False,
) -> None:
    from orderhub.commands.configuration import load_settings
    from orderhub.commands.serving import Roles, run
    from orderhub.settings import Mode

    settings = load_settings(host=host, port=port, data_dir=data_dir)
    sample_data = sample_data and settings.mode is Mode.DEVELOPMENT
    raise typer.Exit(run(settings, Roles(name, api, worker, sample_data)))


if __name__ == "__main__":
    main()
