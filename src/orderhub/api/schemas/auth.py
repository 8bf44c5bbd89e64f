"""Signing in, refreshing, and the list of one's sessions."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from orderhub.api.schemas.base import Input, Instant, Omittable, Output, SessionId
from orderhub.api.schemas.forms import TOKEN
from orderhub.api.schemas.people import Secret
from orderhub.domain.accounts.models import SignInSession

Opaque = Annotated[str, Field(max_length=200)]
DeviceToken = Annotated[
    str,
    Field(
        min_length=20,
        max_length=128,
        description="Makes the device known to this account, and opens nothing. Keep it over sign-outs.",
    ),
    TOKEN,
]


def _absent(value: Any) -> Any:
    """A form has no null: a field that is empty is left out."""
    return None if value == "" else value


class PasswordForm(Input):
    """OAuth2's password form: ``username`` is the e-mail address."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"grant_type": "password", "username": "awa@example.com", "password": "mangues-du-marche"}]
        }
    )

    username: Annotated[str, Field(min_length=1, max_length=254, description="The e-mail address.")]
    password: Secret
    device_token: Annotated[DeviceToken | SkipJsonSchema[None], BeforeValidator(_absent)] = None
    grant_type: Literal["password"] = "password"
    scope: Annotated[Opaque, Field(description="Not used: send it or leave it out.")] = ""
    client_id: Annotated[Omittable[Opaque], Field(description="Not used: send it or leave it out.")] = None
    client_secret: Annotated[Omittable[Opaque], Field(description="Not used: send it or leave it out.")] = None


class RefreshTokens(Input):
    """The refresh token to exchange."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"refresh_token": "7yWb0cU3m1Zq9Jr4sXv2Lk8dTg6Nf5hPaEoQiRuCwYz"}]}
    )

    refresh_token: Annotated[str, Field(min_length=20, max_length=128), TOKEN]


class TokensOut(Output):
    """An access token for the Authorization header, and the refresh token that gives the next one."""

    access_token: Annotated[str, Field(max_length=2000)]
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - the name of a type
    expires_in: Annotated[
        int, Field(ge=1, le=86_400, description="Seconds until the access token ends.", examples=[900])
    ]
    refresh_token: Annotated[str, Field(max_length=128)]


class SignedInOut(TokensOut):
    """The tokens of a new session, and one that makes the device known to the account from now on."""

    device_token: DeviceToken


class SessionOut(Output):
    """Where one is signed in."""

    id: SessionId
    created_at: Instant
    last_used_at: Instant
    expires_at: Instant
    user_agent: Annotated[str, Field(max_length=300)] | None
    address: Annotated[
        str | None,
        Field(max_length=64, description="The network address that it was last used from; null where it is not known."),
    ]
    current: Annotated[bool, Field(description="Whether this very request came through it.")]

    @classmethod
    def of(cls, found: SignInSession, current: UUID) -> "SessionOut":
        """The public form of a session."""
        return cls(
            id=found.id,
            created_at=found.created_at,
            last_used_at=found.last_used_at,
            expires_at=found.expires_at,
            user_agent=found.user_agent,
            address=found.address,
            current=found.id == current,
        )
