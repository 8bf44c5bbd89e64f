"""The named refusals of every transition table."""

from typing import Any

from orderhub.kit.errors import ConflictError, ForbiddenError
from orderhub.kit.text import Label


class NotYoursError(ForbiddenError):
    """No row of the table lets this kind of actor do that, in any status."""

    code = "action_not_yours"
    title = Label("Cette action ne vous appartient pas", "This action isn't yours to take")

    def __init__(self, *, process: str, **extras: Any) -> None:
        super().__init__(
            Label(
                f"Elle appartient à d’autres : GET /v1/processes/{process} dit à qui.",
                f"It is for others to take: GET /v1/processes/{process} says for whom.",
            ),
            **extras,
        )


class StaffPartyError(ForbiddenError):
    """A staff row is refused to a party of the same order."""

    code = "staff_is_party"
    title = Label("Vous êtes partie à cette commande", "You are a party of this order")

    def __init__(self, **extras: Any) -> None:
        super().__init__(
            Label(
                "Un collègue qui n’est ni acheteur ni vendeur de cette commande doit décider.",
                "A colleague who is neither buyer nor seller of this order must decide.",
            ),
            **extras,
        )


class OthersDecideError(ForbiddenError):
    """Whoever has had a part in it doesn't decide about it. ``guard`` names the condition."""

    code = "others_decide"
    title = Label("Une autre personne doit en décider", "Somebody else must decide")

    def __init__(self, guard: str, reason: Label, **extras: Any) -> None:
        super().__init__(reason, guard=guard, **extras)


class TransitionError(ConflictError):
    """The table has no such row from the present status."""

    code = "transition_not_allowed"
    title = Label("Action impossible dans cet état", "Not possible in this status")


class GuardError(ConflictError):
    """The row exists, but its condition doesn't hold. ``guard`` names the condition."""

    code = "guard_not_met"
    title = Label("Condition non remplie", "A condition isn't met")

    def __init__(self, guard: str, reason: Label, **extras: Any) -> None:
        super().__init__(reason, guard=guard, **extras)
