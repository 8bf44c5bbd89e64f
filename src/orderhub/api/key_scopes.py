"""Which operations a shop's key may call, and what the key must be for: said beside each, refused everywhere else."""

from collections.abc import Callable
from inspect import unwrap
from typing import Any, Final, TypeVar

from orderhub.domain.accounts.tokens import Claims
from orderhub.domain.shops.errors import KeyScopeError
from orderhub.domain.shops.models import KeyScope
from orderhub.kit.text import Label

_SCOPES: Final[dict[Any, KeyScope]] = {}

F = TypeVar("F", bound=Callable[..., Any])


def for_keys(scope: KeyScope) -> Callable[[F], F]:
    """Declare, below the route's decorator, that a key with this scope may call the operation."""

    def declare(endpoint: F) -> F:
        _SCOPES[endpoint] = scope
        return endpoint

    return declare


def scope_of(endpoint: Callable[..., Any] | None) -> KeyScope | None:
    """What a key must be for to call this operation; None where no key may."""
    return None if endpoint is None else _SCOPES.get(unwrap(endpoint))


def require_scope(endpoint: Callable[..., Any] | None, claims: Claims) -> None:
    """Raises KeyScopeError where a key is used for what it is not for."""
    scope = scope_of(endpoint)
    if scope is None:
        raise KeyScopeError(
            Label(
                "Aucune clé ne le permet. Connectez-vous comme membre de la boutique.",
                "No key may do this. Sign in as a member of the shop.",
            ),
            scope=None,
        )
    if claims.scopes is None or scope not in claims.scopes:
        raise KeyScopeError(
            Label(
                f"Il faut pour cela une clé de portée « {scope.value} ».",
                f"This needs a key with the scope '{scope.value}'.",
            ),
            scope=scope.value,
        )
