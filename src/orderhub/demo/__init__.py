"""`orderhub demo`: the whole life of an order, played over HTTP against a running server.

Each request is printed with its answer's status, the order's status and its escrow. The table is
read from the server itself, and every step is held against it.
"""

from orderhub.demo.endings import ENDINGS
from orderhub.demo.stage import DemoError, Stage

__all__ = ["ENDINGS", "run"]


def run(base_url: str, ending: str = "approve", kind: str = "service") -> int:
    """Play one ending; 0 when everything is as the table says, 1 otherwise.

    Needs a server with the sandbox clock, mailbox and provider: `orderhub serve` has them.
    """
    with Stage(base_url) as stage:
        play = ENDINGS.get(ending) if kind == "service" else None
        if play is None:
            stage.fail(f"There is no ending {ending!r} of a {kind} order. Choose: {', '.join(ENDINGS)}.")
            return 1
        try:
            stage.open()
            play(stage)
        except DemoError as error:
            stage.fail(str(error))
            return 1
        stage.say(f"The ending '{ending}' is as the table says.")
        return 0
