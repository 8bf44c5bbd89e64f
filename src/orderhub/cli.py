"""``orderhub``: how each command is called. What they do is in `commands`.

One page on purpose: who looks for an option finds every command here.
"""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orderhub import __version__
from orderhub.commands.choices import DataDir, Ending, Form, Host, Insecure, Port, Role
from orderhub.commands.terminal import leave, reported, say
from orderhub.kit.text import Language

if TYPE_CHECKING:
    from orderhub.settings import Settings

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

_RUN, _DATA, _SHOW = "Run", "Look after the data", "Look up"

staff = typer.Typer(no_args_is_help=True, help="The operator's people.")
ledger = typer.Typer(no_args_is_help=True, help="The ledger.")
app.add_typer(staff, name="staff", rich_help_panel=_DATA)
app.add_typer(ledger, name="ledger", rich_help_panel=_DATA)


def main() -> None:
    """Run the command line; what was expected to go wrong is told in one sentence, with status 1."""
    leave(reported(app))


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
    insecure: Insecure = None,
    sample_data: Annotated[bool, typer.Option(help="Fill an empty database with people and services to try.")] = True,
) -> None:
    """Serve everything in one process: database, API, worker and sandbox payments.

    Without any setting it brings its own PostgreSQL and, on its first start, a sample data set. With
    ORDERHUB_DATABASE_URL it uses that PostgreSQL (15 or later) instead. Ctrl-C stops it.
    """
    _run("server", host, port, data_dir, api=True, worker=True, insecure=insecure, sample_data=sample_data)


@app.command(rich_help_panel=_RUN)
def api(host: Host = None, port: Port = None, data_dir: DataDir = None, *, insecure: Insecure = None) -> None:
    """Serve the API alone; run as many as you like beside `orderhub worker`."""
    _run("API", host, port, data_dir, api=True, insecure=insecure)


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
    insecure: bool | None = None,
    sample_data: bool = False,
) -> None:
    from orderhub.commands.configuration import load_settings
    from orderhub.commands.serving import Roles, run
    from orderhub.settings import Mode

    settings = load_settings(host=host, port=port, data_dir=data_dir, insecure=insecure)
    sample_data = sample_data and settings.mode is Mode.DEVELOPMENT
    raise typer.Exit(run(settings, Roles(name, api, worker, sample_data)))


@app.command(rich_help_panel=_RUN)
def demo(
    base_url: Annotated[str, typer.Option(help="Where the API answers.")] = "http://127.0.0.1:8000",
    kind: Annotated[str, typer.Option(help="The kind of order: service, sourced or item.")] = "service",
    ending: Ending = None,
    data_dir: DataDir = None,
) -> None:
    """Play the whole life of an order over HTTP against a running server.

    Prints each request, the order's status and its escrow. The exit status is
    1 when anything is not as the table says. A sourced order goes from the cart
    to the hand-over, an item is sent and perhaps sent back; replies by mail and
    the carrier's word are signed with the secrets of this deployment, in
    development those of its data folder.
    """
    from orderhub.commands.configuration import load_settings, with_secrets
    from orderhub.demo import run
    from orderhub.demo.outside import Secrets

    secrets = Secrets.of(with_secrets(load_settings(data_dir=data_dir)))
    raise typer.Exit(run(base_url, ending, kind, secrets))


@app.command(rich_help_panel=_DATA)
def migrate(data_dir: DataDir = None) -> None:
    """Bring the database's tables up to date; nothing happens when they are."""
    from orderhub.commands import database

    settings = _settings(data_dir)
    with database.provided(settings) as url:
        asyncio.run(database.migrate(settings, url))
    say("The tables are up to date.")


@app.command(rich_help_panel=_DATA)
def seed(data_dir: DataDir = None) -> None:
    """Add the sample data: people, services and orders to try. Never in production."""
    from orderhub.commands import database

    settings = _settings(data_dir)
    with database.provided(settings) as url:
        asyncio.run(database.migrate(settings, url))
        asyncio.run(database.add_sample_data(settings, url))


@app.command(rich_help_panel=_DATA)
def reset(
    data_dir: DataDir = None, *, yes: Annotated[bool, typer.Option("--yes", help="Don't ask, just delete.")] = False
) -> None:
    """Delete the data folder's database, files and secrets: the next start has the sample data as it was."""
    from orderhub.commands.resetting import reset as reset_folder

    reset_folder(_settings(data_dir), is_sure=yes)


@app.command(rich_help_panel=_DATA)
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, a new one.")], data_dir: DataDir = None
) -> None:
    """Write database and files into one file; OrderHub may go on serving meanwhile."""
    from orderhub.commands import database
    from orderhub.commands.backup import back_up

    settings = _settings(data_dir)
    with database.provided(settings) as url:
        back_up(settings, url, file)


@app.command(rich_help_panel=_DATA)
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `orderhub backup` wrote.")], data_dir: DataDir = None
) -> None:
    """Make an empty place (a new --data-dir, or an empty database) what a backup holds."""
    from orderhub.commands import database
    from orderhub.commands.backup import restore as restore_backup

    settings = _settings(data_dir)
    with database.provided(settings) as url:
        asyncio.run(restore_backup(settings, url, file))


@app.command("mail-in", rich_help_panel=_DATA)
def mail_in(data_dir: DataDir = None) -> None:
    """Record one mail from standard input: for a mail server's pipe, where replies with proofs arrive.

    The exit status tells the server: 0 recorded, 65 refused (empty, or over 25 MB), 75 try again later.
    """
    from orderhub.commands.mail_in import take

    raise typer.Exit(take(data_dir))


@staff.command("create")
def create_staff(
    email: Annotated[str, typer.Option(help="Their address, which they sign in with.")],
    role: Annotated[list[Role], typer.Option(help="A staff role; repeat it for several.")],
    name: Annotated[
        str | None, typer.Option(help="The name that others see.", show_default="made of the address")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Open an account for a member of staff, such as the first admin.

    Asks for the password; in a script, write it to standard input.
    """
    from orderhub.commands import database, people

    settings = _settings(data_dir)
    password = people.asked_password()
    shown = name or email.partition("@")[0].replace(".", " ").title()
    with database.provided(settings) as url:
        asyncio.run(people.create(settings, url, people.Newcomer(email, shown, role, password)))


@ledger.command("check")
def check_ledger(data_dir: DataDir = None) -> None:
    """Ask the database once more whether money is conserved; exit status 1 when it is not."""
    from orderhub.commands import database
    from orderhub.commands.ledger import check

    settings = _settings(data_dir)
    with database.provided(settings) as url:
        kept = asyncio.run(check(settings, url))
    raise typer.Exit(not kept)


@app.command(rich_help_panel=_SHOW)
def processes(
    names: Annotated[list[str] | None, typer.Argument(help="Which ones.", show_default="all")] = None,
    form: Annotated[
        Form, typer.Option("--format", help="A table, a diagram, or the page in docs/processes/.")
    ] = Form.TABLE,
    language: Annotated[Language, typer.Option(help="Of labels and guards; codes never change.")] = Language.ENGLISH,
    *,
    edges: Annotated[bool, typer.Option("--edges", help="Only what a migration must still add for its rows.")] = False,
) -> None:
    """Print every transition table like a timetable: who may do what, when, and what the money does."""
    from orderhub.commands.timetables import chosen, print_diagrams, print_edges, print_pages, print_tables

    found = chosen(names or ())
    if edges:
        print_edges(found)
    elif form is Form.TABLE:
        print_tables(found, language)
    else:
        (print_diagrams if form is Form.MERMAID else print_pages)(found)


@app.command(rich_help_panel=_SHOW)
def openapi(
    file: Annotated[
        Path | None, typer.Argument(help="What --check compares with.", show_default="openapi/openapi.json")
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Compare instead of printing.")] = False,
) -> None:
    """Print the OpenAPI document of the API, or check that the committed one is it."""
    from orderhub.api.openapi.served import WRITTEN
    from orderhub.commands.document import compare, document

    if check:
        compare(file or WRITTEN)
    else:
        sys.stdout.write(document())


@app.command(rich_help_panel=_SHOW)
def settings(data_dir: DataDir = None) -> None:
    """Print every setting, its value and where it comes from; secrets are hidden.

    Says which values production refuses. In production mode the exit status is 1 when there are any.
    """
    from orderhub.commands.shown_settings import print_settings

    raise typer.Exit(not print_settings(_settings(data_dir)))


def _settings(data_dir: Path | None) -> "Settings":
    from orderhub.commands.configuration import load_settings

    return load_settings(data_dir=data_dir)


if __name__ == "__main__":
    main()
