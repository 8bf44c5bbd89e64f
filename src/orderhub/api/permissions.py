"""Which permission a route declares: exactly one, read from its dependencies.

`Public`, `SignedIn`, `TokenHeld` and `StaffRole` are known. A dependency that signs in by itself
(a stream's ticket) says so with ``@permission``.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from fastapi.dependencies.models import Dependant

from orderhub.api.dependencies import StaffRole, public, read_token, sign_in, sign_in_if_token

PUBLIC: Final = "public"
SIGNED_IN: Final = "signed_in"

_declared: Final[dict[Any, str]] = {
    public: PUBLIC,
    sign_in_if_token: PUBLIC,
    sign_in: SIGNED_IN,
    read_token: SIGNED_IN,
}

F = TypeVar("F", bound=Callable[..., Any])


class UndeclaredPermissionError(Exception):
    """A route declares no permission, or several that contradict each other."""


def permission(name: str) -> Callable[[F], F]:
    """Declare that a dependency is itself a permission."""

    def declare(function: F) -> F:
        _declared[function] = name
        return function

    return declare


def permission_of(dependant: Dependant) -> str:
    """``public``, ``signed_in``, or ``staff:admin,support``. Raises UndeclaredPermissionError."""
    found = set(_permissions(dependant))
    staff = {name for name in found if name.startswith("staff:")}
    strongest = staff or found
    if len(strongest) != 1 or (PUBLIC in found and len(found) > 1):
        raise UndeclaredPermissionError(f"{dependant.path}: {sorted(found) or 'no permission'}")
    return strongest.pop()


def _permissions(dependant: Dependant) -> Iterator[str]:
    call = dependant.call
    if isinstance(call, StaffRole):
        yield f"staff:{','.join(sorted(call.roles))}"
    elif call in _declared:
        yield _declared[call]
        return
    for inner in dependant.dependencies:
        yield from _permissions(inner)
