"""Accounts as staff see and change them."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import Input, Instant, Text
from orderhub.api.schemas.me import MeOut
from orderhub.domain.accounts.models import Account, StaffRole
from orderhub.domain.files.photos import PhotoLinks


class SetRoles(Input):
    """All roles that the account is to have; an empty list takes them away."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"roles": ["support"]}]})

    roles: Annotated[list[StaffRole], Field(max_length=len(StaffRole))]


class SuspendAccount(Input):
    """Why."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Vend des contrefaçons."}]})

    reason: Annotated[str, Text(500), Field(description="Why, for the audit and the account’s holder.")]


class StaffAccountOut(MeOut):
    """An account, with what only staff see of it."""

    confirmed_at: Instant | None
    suspended_at: Instant | None
    suspension_reason: Annotated[str, Field(max_length=500)] | None

    @classmethod
    def of(cls, account: Account, photos: PhotoLinks) -> Self:
        """What staff see of an account."""
        shown = MeOut.of(account, photos)
        return cls(
            **{name: getattr(shown, name) for name in MeOut.model_fields},
            confirmed_at=account.confirmed_at,
            suspended_at=account.suspended_at,
            suspension_reason=account.suspension_reason,
        )
