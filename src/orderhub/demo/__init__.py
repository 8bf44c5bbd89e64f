"""`orderhub demo`: the whole life of an order, played over HTTP against a running server.

Each request is printed with its answer's status, the order's status and its escrow. The tables are
read from the server itself, and every step is held against them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from orderhub.demo import endings, items, sourced
from orderhub.demo.outside import Secrets
from orderhub.demo.stage import DemoError, Stage

__all__ = ["KINDS", "Secrets", "run"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of order: the tables that its plays are held to, and the plays by their ending."""

    tables: tuple[str, ...]
    endings: Mapping[str, Callable[[Stage, Secrets], None]]


def _without_secrets(play: Callable[[Stage], None]) -> Callable[[Stage, Secrets], None]:
    return lambda stage, _secrets: play(stage)


KINDS: Final[Mapping[str, Kind]] = {
    "service": Kind(("service",), {name: _without_secrets(play) for name, play in endings.ENDINGS.items()}),
    "sourced": Kind(("sourced", "quote"), sourced.ENDINGS),
    "item": Kind(("item", "offer"), items.ENDINGS),
}
"""The first ending of each is the one that is played when none is asked for."""


def run(base_url: str, ending: str | None, kind: str, secrets: Secrets) -> int:
    """Play one ending; 0 when everything is as the table says, 1 otherwise.

    Needs a server with the sandbox clock, mailbox and provider: `orderhub serve` has them.
    """
    with Stage(base_url) as stage:
        chosen = KINDS.get(kind)
        if chosen is None:
            stage.fail(f"There is no kind {kind!r} to play. Choose: {', '.join(KINDS)}.")
            return 1
        ending = next(iter(chosen.endings)) if ending is None else ending
        play = chosen.endings.get(ending)
        if play is None:
            stage.fail(
                f"There is no ending {ending!r} of an order of kind {kind!r}. Choose: {', '.join(chosen.endings)}."
            )
            return 1
        try:
            stage.open(*chosen.tables)
            play(stage, secrets)
        except DemoError as error:
            stage.fail(str(error))
            stage.tell_what_stays()
            return 1
        stage.tell_what_stays()
        stage.say(f"The ending '{ending}' of an order of kind '{kind}' is as the tables say.")
        return 0
