"""What a provoked refusal is: the request that is refused, and what makes it be refused.

It is sent to a hub of the sample data (`Refusal.steps` first), and what comes back is the example of its problem code.
In every text of a request ``$name`` stands for what an earlier step kept under that name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from orderhub.api.examples.sample import Setup
from orderhub.domain.samples import SamplePerson


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that prepares a refusal: it succeeds, or ``fails`` as it should."""

    operation: str
    caller: SamplePerson | None = None
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    setup: Setup | None = None
    keep: Mapping[str, str] = field(default_factory=dict[str, str])
    """Members of the answer that later texts name, by the name that they get: ``{"cart": "id"}`` for ``$cart``."""
    key: str | None = None
    """Its Idempotency-Key, where a later request repeats it."""
    times: int = 1
    fails: bool = False


@dataclass(frozen=True, slots=True)
class Sql:
    """A change of the hub's database, where no request brings it about: time that passed, a day's use, an old table."""

    statement: str


@dataclass(frozen=True, slots=True)
class Control:
    """What the sandbox provider is told to do wrong: a POST below ``/control``."""

    path: str
    body: Mapping[str, Any]


Step = Ask | Sql | Control


@dataclass(frozen=True, slots=True)
class Race:
    """The request comes twice, while ``lock`` (a statement of SQL) is held and makes the first one wait.

    The second one is refused then, or one of the two once the lock is released.
    """

    lock: str
    apart: bool = False
    """Whether the two have keys of their own."""
    cancelled: bool = False
    """There is no second one: what the first one waits with is cancelled, as an operator may."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One request: its operation, who sends it (None is nobody), and what. A text is sent as it stands."""

    operation: str
    caller: SamplePerson | None = None
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    before: Any = None
    """The body of the same request just before, with the same headers."""
    setup: Setup | None = None
    """What is fetched or made just before, as for an example."""
    steps: Sequence[Step] = ()
    """What comes first. It changes the hub: only for those that are sent to a copy of it."""
    race: Race | None = None
    padding: int = 0
    """So many bytes are added: to the file of an upload, else to the body that is a text."""
    method: str | None = None
    """Another method than the operation's."""
    unfinished: bool = False
    """Whether the last byte of the body never comes."""
