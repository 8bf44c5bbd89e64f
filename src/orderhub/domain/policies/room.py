"""Whether there is room for one more of what `bounds` lists, and what an order or a quote keeps of it. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from orderhub.domain.policies.bounds import BOUNDS, FIXED
from orderhub.domain.refusals import GuardError
from orderhub.kit.errors import FieldError, pointer_step
from orderhub.kit.text import Label


class LimitReachedError(GuardError):
    """There are as many as there may be: ``limit`` names the bound, ``most`` is the number."""

    code = "limit_reached"
    title = Label("Limite atteinte", "Limit reached")

    def __init__(self, limit: str, most: int, what: Label, advice: Label, **extras: Any) -> None:
        said = Label(f"{what.fr} : {most} au plus. {advice.fr}", f"{what.en}: {most} at most. {advice.en}")
        super().__init__(limit, said, limit=limit, most=most, **extras)


def reached(name: str, most: int, **extras: Any) -> LimitReachedError:
    """The refusal of one more than a bound of `BOUNDS` or `FIXED` lets be."""
    bound = BOUNDS.get(name) or FIXED[name]
    return LimitReachedError(name, most, bound.label, bound.advice, **extras)


def require_room(bounds: Mapping[str, int], name: str, had: int, **extras: Any) -> None:
    """Raises LimitReachedError where there are as many already; the count was made under a lock of their owner."""
    if had >= bounds[name]:
        raise reached(name, bounds[name], **extras)


def require_fixed_room(name: str, had: int) -> None:
    """The same for a bound of `FIXED`."""
    require_room({name: FIXED[name].most}, name, had)


def whole(said: Mapping[str, int]) -> dict[str, int]:
    """Every bound: as it is said, else as usual."""
    return {name: said.get(name, bound.usual) for name, bound in BOUNDS.items()}


def kept(bounds: Mapping[str, int]) -> dict[str, int]:
    """Those that an order or a quote keeps among its terms."""
    return {name: bounds[name] for name, bound in BOUNDS.items() if bound.kept}


def of_terms(terms: Mapping[str, Any], name: str) -> int:
    """A bound that the terms of an order or a quote keep; as usual in those that are older than the bound."""
    return terms.get("bounds", {}).get(name, BOUNDS[name].usual)


def faults_of(bounds: Mapping[str, int]) -> Iterator[FieldError]:
    """What staff may not set."""
    for name in sorted(bounds.keys() - BOUNDS.keys()):
        yield FieldError(
            _pointer(name),
            "unknown_name",
            Label(f"Noms connus : {', '.join(BOUNDS)}.", f"Known names: {', '.join(BOUNDS)}."),
        )
    for name in bounds.keys() & BOUNDS.keys():
        bound = BOUNDS[name]
        if not bound.least <= bounds[name] <= bound.most:
            yield FieldError(
                _pointer(name),
                "out_of_bounds",
                Label(f"Choisissez de {bound.least} à {bound.most}.", f"Choose from {bound.least} to {bound.most}."),
            )


def _pointer(name: str) -> str:
    return "/bounds" + pointer_step(name)
