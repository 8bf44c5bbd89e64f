"""The directory of partner shops: look through it, create and edit its entries."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Query, Response, status

from orderhub.api.dependencies import AskedLanguage, Caller, DatabaseSession, MaybeSignedIn, Public, SignedIn, StaffRole
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routers.listings import AskedShown
from orderhub.api.routing import Router
from orderhub.api.schemas.base import Flag, Omittable, PageOut, ShopId, Text
from orderhub.api.schemas.listing_cards import Shown
from orderhub.api.schemas.people import Country
from orderhub.api.schemas.shops import (
    OwnShopOut,
    ShopCategoriesOut,
    ShopCategoryCode,
    ShopCategoryOut,
    ShopEdit,
    ShopIn,
    ShopOut,
)
from orderhub.api.versions import ExpectedVersions, show_place, show_version
from orderhub.domain.files.errors import FileUnusableError, PhotoUnusableError
from orderhub.domain.files.visibility import Viewer
from orderhub.domain.shops import access, queries, service
from orderhub.domain.shops.categories import CATEGORIES
from orderhub.domain.shops.errors import ShopNotFoundError, ShopStaleError, SiteTakenError
from orderhub.domain.shops.models import Shop
from orderhub.domain.shops.queries import ShopFilter
from orderhub.domain.shops.sites import sites_of
from orderhub.infra.business_clock import business_now
from orderhub.kit.errors import DomainError, ForbiddenError, UnauthenticatedError
from orderhub.kit.ids import show_id
from orderhub.kit.text import Label

router = Router(route_class=IdempotentRoute)

DirectoryKeeper = Annotated[Caller, Depends(StaffRole(*access.STAFF_ROLES))]
CONTENT_REFUSALS = (SiteTakenError, FileUnusableError, PhotoUnusableError)
SEEN_REFUSALS: Sequence[type[DomainError]] = (UnauthenticatedError, ShopNotFoundError)


def viewer_of(caller: Caller) -> Viewer:
    """The caller as the domain knows who looks or acts."""
    return Viewer(caller.account_id, caller.roles)


async def read_viewer(caller: SignedIn) -> Viewer:
    """Who acts."""
    return viewer_of(caller)


SignedInViewer = Annotated[Viewer, Depends(read_viewer)]


async def read_filter(
    caller: MaybeSignedIn,
    q: Annotated[
        Omittable[Annotated[str, Text(200, examples=["tissus bazin"])]],
        Query(
            description="Words of name or description (French stems, accents ignored, all must be there), "
            "or the address of a site."
        ),
    ] = None,
    country: Omittable[Country] = None,
    category: Omittable[ShopCategoryCode] = None,
    active: Annotated[Flag, Query(description="False lists those that are not active; for staff.")] = True,  # noqa: FBT002 - a query parameter has its name
) -> ShopFilter:
    """What is searched for. Raises ForbiddenError and UnauthenticatedError for what is hidden."""
    if not active and caller is None:
        raise UnauthenticatedError(
            Label(
                "Connectez-vous comme membre de nos équipes pour voir les boutiques inactives.",
                "Sign in as staff to see shops that are not active.",
            )
        )
    if not active and caller is not None and not access.is_staff(viewer_of(caller)):
        raise ForbiddenError(
            Label(
                "Seules nos équipes voient toutes les boutiques inactives. Les vôtres sont à GET /v1/me/shops.",
                "Only staff see all shops that are not active. Yours are at GET /v1/me/shops.",
            )
        )
    return ShopFilter(q, country, category, active)


async def read_visible_shop(session: DatabaseSession, caller: MaybeSignedIn, shop_id: ShopId) -> Shop:
    """The shop of the path, as far as the caller may see it."""
    return await access.visible_shop(session, shop_id, viewer_of(caller) if caller else None)


async def read_shop_to_edit(
    session: DatabaseSession, viewer: SignedInViewer, shop_id: ShopId, expected: ExpectedVersions
) -> Shop:
    """The shop of the path, locked, in the version that its member or staff looked at."""
    return await access.shop_to_edit(session, shop_id, viewer, expected=expected)


@router.get("/shop-categories", summary="List the categories of shops", dependencies=[Public])
async def list_shop_categories(language: AskedLanguage) -> ShopCategoriesOut:
    """What shops are filed under, in the order to show it in."""
    return ShopCategoriesOut(data=[ShopCategoryOut.of(category.code, language) for category in CATEGORIES])


@router.get("/shops", summary="Search partner shops", responses=problems(UnauthenticatedError, ForbiddenError))
async def list_shops(
    session: DatabaseSession, asked: Annotated[ShopFilter, Depends(read_filter)], page: PageParams, shown: AskedShown
) -> PageOut[ShopOut]:
    """Active shops that match everything asked, the newest first."""
    found = await queries.search_shops(session, asked, page)
    sites = await sites_of(session, [shop.id for shop in found.data])
    shown = await shown.reading(session, (shop.logo_file_id for shop in found.data))
    return show_page(found, lambda shop: ShopOut.of(shop, sites[shop.id], shown))


@router.get("/me/shops", summary="List my shops")
async def list_my_shops(
    session: DatabaseSession, caller: SignedIn, page: PageParams, shown: AskedShown
) -> PageOut[OwnShopOut]:
    """Those that one is a member of, active or not, the newest first."""
    found = await queries.shops_of(session, caller.account_id, page)
    sites = await sites_of(session, [shop.id for shop, _ in found.data])
    shown = await shown.reading(session, (shop.logo_file_id for shop, _ in found.data))
    return show_page(found, lambda mine: OwnShopOut.mine(*mine, sites[mine[0].id], shown))


@router.post(
    "/shops",
    summary="Create a shop",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*CONTENT_REFUSALS),
)
async def create_shop(
    session: DatabaseSession, caller: DirectoryKeeper, body: ShopIn, shown: AskedShown, response: Response
) -> ShopOut:
    """Staff take a shop into the directory; then they name its owners."""
    now = await business_now(session)
    shop = await service.create_shop(session, actor=viewer_of(caller), changes=body.changes(), now=now)
    show_place(response, f"/shops/{show_id('shp', shop.id)}")
    return await _answer(session, shop, shown, response)


@router.get("/shops/{shop_id}", summary="Read a shop", responses=problems(*SEEN_REFUSALS))
async def get_shop(
    session: DatabaseSession, shop: Annotated[Shop, Depends(read_visible_shop)], shown: AskedShown, response: Response
) -> ShopOut:
    """An active shop, or any that one is a member of; staff see all."""
    return await _answer(session, shop, shown, response)


@router.patch(
    "/shops/{shop_id}",
    summary="Edit a shop",
    responses=problems(ForbiddenError, ShopNotFoundError, ShopStaleError, *CONTENT_REFUSALS),
)
async def update_shop(
    session: DatabaseSession,
    viewer: SignedInViewer,
    shop: Annotated[Shop, Depends(read_shop_to_edit)],
    body: ShopEdit,
    shown: AskedShown,
    response: Response,
) -> ShopOut:
    """Its members and staff change some of it. `sites` and `categories` are replaced whole."""
    await service.update_shop(session, shop, actor=viewer, changes=body.changes(), now=await business_now(session))
    return await _answer(session, shop, shown, response)


async def _answer(session: DatabaseSession, shop: Shop, shown: Shown, response: Response) -> ShopOut:
    show_version(response, shop.version)
    sites = await sites_of(session, [shop.id])
    return ShopOut.of(shop, sites[shop.id], await shown.reading(session, [shop.logo_file_id]))
