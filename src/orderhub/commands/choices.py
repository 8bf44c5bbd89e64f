"""What options of the command line may be, known without loading what they choose; those of several commands."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

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
Insecure = Annotated[
    bool | None,
    typer.Option(
        "--insecure",
        help="Let development mode listen where other machines reach it, with its published passwords.",
        show_default="refused",
    ),
]
Ending = Annotated[
    str | None,
    typer.Option(
        help="Of a service: approve, auto, revision, cancel, late, dispute-split or refund-fails. "
        "Of a sourced order: transfer, card, change, cancelled, disputed or delivery. "
        "Of an item: buy-now, offer, favourites, return-accepted, return-contested, return-to-trader, lost or "
        "sent-back.",
        show_default="approve, transfer, buy-now",
    ),
]


class Form(StrEnum):
    """How a transition table is printed."""

    TABLE = "table"
    MERMAID = "mermaid"
    MARKDOWN = "markdown"


class Role(StrEnum):
    """The staff roles, as `domain.accounts.models.StaffRole` has them; a test compares the two."""

    SUPPORT = "support"
    FINANCE = "finance"
    PRODUCTION = "production"
    ADMIN = "admin"
