"""What a generated client is to this check: what it needs, what is run, and what its row of the table says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent
GENERATED: Final = HERE / "generated"
"""Where every client is made; git knows nothing of it."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program or folder of this machine, and the Debian package that brings it."""

    name: str
    package: str
    path: Path | None = None
    """For what is no program: the file that shows that it is there."""
    note: str = ""
    at_least: tuple[int, ...] = ()
    """Of a program that answers to ``--version`` with a number: the oldest that will do."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command, run in ``folder``, that must end with 0."""

    command: Sequence[str | Path]
    folder: Path = HERE
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    within: float = 300.0
    """Seconds that it may take."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the steps of a client are made from."""

    document: Path
    """The OpenAPI document that is tried."""
    out: Path
    """The client's own folder in ``GENERATED``, empty at first."""


@dataclass(frozen=True, slots=True)
class Client:
    """A generator's client of OrderHub."""

    key: str
    name: str
    generator: str
    """The package whose version, as it is locked, the table shows."""
    npm: bool
    """Whether that package is npm's; else it is PyPI's."""
    generate: Callable[[Place], Sequence[Step]]
    union: str
    """How the union of an order's actions comes out."""
    union_file: str
    """The file of its folder that has the union, or the folder that has its members: every action is named there."""
    compile: Callable[[Place], Sequence[Step]] | None = None
    compiled_by: str = ""
    """What compiles it, as the table says; or why nothing does."""
    live: Callable[[Place, str], Step] | None = None
    """The whole life of an order, against the server at an address."""
    live_is: str = "yes"
    """What the table says where that went well."""
    whole_union: bool = True
    """Whether every action must be named in ``union_file``."""
    needs: Sequence[Tool] = ()
    compile_needs: Sequence[Tool] = ()
    small: bool = False
    """Whether npm's packages that are no development dependencies suffice."""
