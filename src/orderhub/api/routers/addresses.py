"""One's own address book."""

from fastapi import status

from orderhub.api.dependencies import DatabaseSession, SignedIn
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.addresses import AddressOut, CreateAddress, UpdateAddress
from orderhub.api.schemas.base import AddressId, PageOut
from orderhub.domain.accounts import addresses
from orderhub.domain.accounts.errors import AddressNotFoundError
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.business_clock import business_now

router = Router(route_class=IdempotentRoute, prefix="/me/addresses")


@router.get("", summary="List one's addresses", responses=problems(401, 422))
async def list_addresses(session: DatabaseSession, caller: SignedIn, page: PageParams) -> PageOut[AddressOut]:
    """The caller's addresses, newest first; one of them is the default."""
    return show_page(await addresses.list_addresses(session, caller.account_id, page), AddressOut.of)


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    summary="Add an address",
    responses=problems(401, LimitReachedError, 422),
)
async def create_address(session: DatabaseSession, caller: SignedIn, body: CreateAddress) -> AddressOut:
    """Add an address as its country writes it; see `GET /v1/countries`. The first one is the default."""
    added = await addresses.add_address(
        session, caller.account_id, body.postal(), is_default=body.is_default, now=await business_now(session)
    )
    return AddressOut.of(added)


@router.patch("/{address_id}", summary="Change an address", responses=problems(401, AddressNotFoundError, 422))
async def update_address(
    session: DatabaseSession, caller: SignedIn, address_id: AddressId, body: UpdateAddress
) -> AddressOut:
    """Change some fields; the whole is checked again. Orders keep the address that they were placed with."""
    changed = await addresses.change_address(session, caller.account_id, address_id, body.changes())
    return AddressOut.of(changed)


@router.delete(
    "/{address_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    summary="Delete an address",
    responses=problems(401, AddressNotFoundError),
)
async def delete_address(session: DatabaseSession, caller: SignedIn, address_id: AddressId) -> None:
    """Delete an address. When it was the default, the newest other one becomes it."""
    await addresses.delete_address(session, caller.account_id, address_id)
