"""Keys of a shop: as they are asked for, shown, and shown once with their secret."""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import AccountId, Duration, Input, Instant, KeyId, Name, Output
from orderhub.domain.policies.bounds import FIXED
from orderhub.domain.shops.keys import HeldKey, IssuedKey, WantedKey
from orderhub.domain.shops.models import KeyScope

_Scopes = Annotated[
    list[KeyScope],
    Field(min_length=1, max_length=len(KeyScope), description="What it may be used for; each operation names its own."),
]


class ShopKeyIn(Input):
    """A new key: what people call it, and what it is for."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Serveur de commandes", "scopes": ["orders:read", "orders:write"]}]}
    )

    name: Annotated[str, Name(80, examples=["Serveur de commandes"])]
    scopes: _Scopes

    def wanted(self) -> WantedKey:
        """The same as the domain knows it."""
        return WantedKey(self.name, self.scopes)


class RotateShopKeyIn(Input):
    """How long the old key can still be used beside the new one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"overlap": "P1D"}]})

    overlap: Annotated[
        Duration,
        Field(description="`PT0S` ends the old key at once; at most `P30D`."),
    ] = timedelta(days=1)


class ShopKeyOut(Output):
    """A key, without its secret."""

    id: KeyId
    name: Annotated[str, Field(max_length=80)]
    scopes: _Scopes
    hint: Annotated[str, Field(max_length=20, description="Its first characters.", examples=["ohk_x7Pq2a"])]
    created_by: AccountId
    created_at: Instant
    last_used_at: Annotated[Instant | None, Field(description="To the minute; null for a key never used.")]
    ends_at: Annotated[Instant | None, Field(description="When it ends by itself, where it was rotated.")]

    @classmethod
    def of(cls, held: HeldKey) -> Self:
        """The form that owners and staff see."""
        return cls(
            id=held.key.id,
            name=held.key.name,
            scopes=[KeyScope(scope) for scope in held.key.scopes],
            hint=held.key.hint,
            created_by=held.key.created_by,
            created_at=held.session.created_at,
            last_used_at=None if held.session.last_used_at <= held.session.created_at else held.session.last_used_at,
            ends_at=held.ends_at,
        )


class IssuedShopKeyOut(Output):
    """A key with its secret, which is shown this once."""

    key: ShopKeyOut
    secret: Annotated[
        str,
        Field(max_length=60, description="Send it as `Authorization: Bearer ohk_…`.", examples=["ohk_x7Pq2a…"]),
    ]

    @classmethod
    def of(cls, issued: IssuedKey) -> Self:
        """The one time that the secret is shown."""
        return cls(key=ShopKeyOut.of(issued.held), secret=issued.secret)


class ShopKeysOut(Output):
    """All keys of a shop that can be used, the first issued first."""

    data: Annotated[list[ShopKeyOut], Field(max_length=FIXED["shop_keys"].most)]
