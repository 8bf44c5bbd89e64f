"""Named refusals of changes to the policy."""

from orderhub.kit.errors import ConflictError, StaleError
from orderhub.kit.text import Label


class PolicyRacedError(ConflictError):
    """Somebody else's change was committed while this one was being made."""

    code = "policy_raced"
    title = Label("Modifié au même instant", "Changed at the same moment")

    def __init__(self) -> None:
        super().__init__(
            Label(
                "Quelqu’un l’a changé au même instant. Relisez-le, puis refaites votre modification.",
                "Somebody changed this at the same moment. Read it again, then repeat your change.",
            )
        )


class PolicyStaleError(StaleError):
    """``If-Match`` names a version that is no longer current."""

    code = "policy_stale"
    title = Label("Version périmée", "Stale version")

    def __init__(self, current: int) -> None:
        super().__init__(
            Label(
                "Il a changé depuis que vous l’avez lu. Relisez-le, puis refaites votre modification.",
                "This was changed since you read it. Read it again, then repeat your change.",
            ),
            current_version=current,
        )
