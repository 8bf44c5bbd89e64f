"""Listings: search, read, write."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Query, Request, Response, status
from pydantic import Field

from orderhub.api.dependencies import (
    AppParts,
    AskedLanguage,
    Caller,
    DatabaseSession,
    MaybeSignedIn,
    Public,
    SignedIn,
    session_if_token,
)
from orderhub.api.idempotency import IdempotentRoute
from orderhub.api.pages import Cursor, Limit, PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.base import AccountId, Currency, Flag, ListingId, Omittable, PageOut, Text, WholeNumber
from orderhub.api.schemas.listing_cards import (
    Brand,
    CategoriesOut,
    CategoryCode,
    ConditionCode,
    ListingSummaryOut,
    OwnListingOut,
    Shown,
    Size,
    own_card_of,
    summary_of,
)
from orderhub.api.schemas.listings import ListingBody, ListingEdit, ListingOut, Reader, listing_out
from orderhub.api.versions import ExpectedVersions, show_place, show_version
from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog import favourites, queries, service
from orderhub.domain.catalog.errors import (
    CurrencyMismatchError,
    ListingClosedError,
    ListingIncompleteError,
    ListingMoveError,
    ListingNotFoundError,
    ListingReservedError,
    ListingSoldError,
    ListingStaleError,
)
from orderhub.domain.catalog.models import Listing, ListingKind, ListingState
from orderhub.domain.catalog.search import ListingFilter, ListingSort, check_filter, search_listings
from orderhub.domain.contact_details.disclosure import AS_WRITTEN, to_public
from orderhub.domain.files.errors import FileUnusableError, PhotoUnusableError
from orderhub.domain.policies.room import LimitReachedError
from orderhub.infra.business_clock import business_now
from orderhub.kit.errors import ForbiddenError, InvalidError, UnauthenticatedError, invalid_field
from orderhub.kit.ids import show_id
from orderhub.kit.money import MAX_AMOUNT
from orderhub.kit.pages import DEFAULT_LIMIT, PageBySort, read_page_by_sort
from orderhub.kit.text import Label

router = Router(route_class=IdempotentRoute)

Price = Annotated[
    Omittable[Annotated[WholeNumber, Field(ge=0, le=MAX_AMOUNT)]], Query(description="Minor units of `currency`.")
]
CONTENT_REFUSALS = (ListingIncompleteError, FileUnusableError, PhotoUnusableError)


async def read_filter(
    kind: Omittable[ListingKind] = None,
    q: Annotated[
        Omittable[Annotated[str, Text(200, examples=["déménagement Lyon"])]],
        Query(
            description="Words of title, description, brand or colour: French stems, accents ignored, all are there."
        ),
    ] = None,
    category: Omittable[CategoryCode] = None,
    brand: Annotated[
        Omittable[Brand], Query(description="Of items; accents, capitals and spaces make no difference.")
    ] = None,
    size: Annotated[Omittable[Size], Query(description="Of items, likewise.")] = None,
    condition: Annotated[Omittable[ConditionCode], Query(description="Of items: how worn they are.")] = None,
    takes_offers: Annotated[
        Omittable[Flag], Query(description="Items whose buyers may offer less, or may not.")
    ] = None,
    seller: Omittable[AccountId] = None,
    currency: Omittable[Currency] = None,
    price_min: Price = None,
    price_max: Price = None,
) -> ListingFilter:
    """What is searched for. Raises InvalidError for a price without its currency, and for what lists nothing."""
    if currency is None and (price_min is not None or price_max is not None):
        raise _currency_missing()
    asked = ListingFilter(
        kind, q, category, brand, size, condition, takes_offers, seller, currency, price_min, price_max
    )
    check_filter(asked)
    return asked


def _currency_missing() -> InvalidError:
    return invalid_field(
        "/currency",
        "missing",
        Label("Dites dans quelle devise sont les prix.", "Say in which currency the prices are."),
    )


async def read_search(
    asked: Annotated[ListingFilter, Depends(read_filter)],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    sort: Annotated[
        ListingSort,
        Query(
            description="`newest` first; by `price` or from the dearest down (`-price`), in one currency; by "
            "`relevance`: how well they fit the words, of common words among the 200 newest."
        ),
    ] = ListingSort.NEWEST,
) -> tuple[ListingFilter, PageBySort]:
    """What is searched for, and the page of it in its sort.

    Raises InvalidError for a sort by what isn't asked for, and for a cursor of another sort.
    """
    if sort in (ListingSort.CHEAPEST, ListingSort.DEAREST) and asked.currency is None:
        raise _currency_missing()
    if sort is ListingSort.RELEVANCE and asked.q is None:
        raise invalid_field(
            "/q", "missing", Label("Dites les mots que vous cherchez.", "Say the words that you search for.")
        )
    return asked, read_page_by_sort(limit, sort.value, cursor)


async def read_shown(request: Request, parts: AppParts, language: AskedLanguage) -> Shown:
    """How to show listings to this caller."""
    return Shown(language, parts.links_for(await session_if_token(request)))


AskedShown = Annotated[Shown, Depends(read_shown)]


async def read_visible(
    session: DatabaseSession, caller: MaybeSignedIn, listing_id: ListingId
) -> tuple[Listing, Account]:
    """The listing of the path and its seller, as far as the caller may see it."""
    return await queries.visible_listing(session, listing_id, caller.account_id if caller else None)


Visible = tuple[Listing, Account]


async def read_own(
    session: DatabaseSession, caller: SignedIn, listing_id: ListingId, expected: ExpectedVersions
) -> Listing:
    """The caller's own listing of the path, locked, in the version they looked at."""
    return await queries.own_listing(session, listing_id, caller.account_id, expected=expected)


SEEN_REFUSALS = (UnauthenticatedError, ListingNotFoundError)
OWN_REFUSALS: Sequence[type[ForbiddenError | ListingNotFoundError | ListingStaleError]] = (
    ForbiddenError,
    ListingNotFoundError,
    ListingStaleError,
)
HELD_REFUSALS = (ListingClosedError, ListingReservedError, ListingSoldError)


@router.get("/categories", summary="List the categories", dependencies=[Public])
async def list_categories(language: AskedLanguage) -> CategoriesOut:
    """What services and items are filed under, in the order to show it in."""
    return CategoriesOut.within(language)


@router.get("/listings", summary="Search listings", dependencies=[Public])
async def list_listings(
    parts: AppParts, search: Annotated[tuple[ListingFilter, PageBySort], Depends(read_search)], shown: AskedShown
) -> PageOut[ListingSummaryOut]:
    """Active listings that match everything asked, the newest first unless `sort` says otherwise."""
    found = await search_listings(parts.database, *search)
    return show_page(found, lambda hit: summary_of(hit, shown))


@router.get("/me/listings", summary="List my listings")
async def list_my_listings(
    session: DatabaseSession,
    caller: SignedIn,
    page: PageParams,
    shown: AskedShown,
    state: Omittable[ListingState] = None,
) -> PageOut[OwnListingOut]:
    """One's own in any state, or in one, the newest first."""
    found = await queries.listings_of(session, caller.account_id, page, state)
    shown = await shown.reading(session, (photo_id for listing in found.data for photo_id in listing.photo_ids[:1]))
    return show_page(found, lambda listing: own_card_of(listing, shown))


@router.post(
    "/listings",
    summary="Create a listing",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*CONTENT_REFUSALS, CurrencyMismatchError, LimitReachedError),
)
async def create_listing(
    session: DatabaseSession, caller: SignedIn, body: ListingBody, shown: AskedShown, response: Response
) -> ListingOut:
    """A draft, or an active listing at once when it lacks nothing."""
    now = await business_now(session)
    kind = ListingKind(body.kind)
    listing = await service.create_listing(
        session, seller_id=caller.account_id, changes=body.changes(), now=now, kind=kind
    )
    show_place(response, f"/listings/{show_id('lst', listing.id)}")
    return await _answer(session, listing, caller, shown, response)


@router.get("/listings/{listing_id}", summary="Read a listing", responses=problems(*SEEN_REFUSALS))
async def get_listing(
    session: DatabaseSession,
    caller: MaybeSignedIn,
    found: Annotated[Visible, Depends(read_visible)],
    shown: AskedShown,
    response: Response,
) -> ListingOut:
    """An active listing, or one's own in any state, with its options, photos and questions."""
    listing, seller = found
    show_version(response, listing.version)
    viewer = caller.account_id if caller else None
    favoured = await favourites.is_favourite(session, listing.id, viewer)
    whole = caller is not None and (caller.account_id == seller.id or bool(caller.roles))
    words = AS_WRITTEN if whole else to_public((seller.country,))
    return await _whole(session, listing, seller, shown, Reader(viewer, words, is_favourite=favoured))


@router.patch(
    "/listings/{listing_id}",
    summary="Edit a listing",
    responses=problems(*OWN_REFUSALS, *HELD_REFUSALS, ListingMoveError, CurrencyMismatchError, *CONTENT_REFUSALS),
)
async def update_listing(
    session: DatabaseSession,
    caller: SignedIn,
    listing: Annotated[Listing, Depends(read_own)],
    body: ListingEdit,
    shown: AskedShown,
    response: Response,
) -> ListingOut:
    """Change some of it, or show, pause and close it by its `state`. Orders keep what they were placed with."""
    await service.update_listing(session, listing, body.changes(), await business_now(session))
    return await _answer(session, listing, caller, shown, response)


@router.delete(
    "/listings/{listing_id}",
    summary="Close a listing",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*OWN_REFUSALS, ListingReservedError),
)
async def close_listing(session: DatabaseSession, listing: Annotated[Listing, Depends(read_own)]) -> None:
    """For good: nobody can order it any more. Its orders go on."""
    await service.close_listing(session, listing, await business_now(session))


async def _answer(
    session: DatabaseSession, listing: Listing, caller: Caller, shown: Shown, response: Response
) -> ListingOut:
    show_version(response, listing.version)
    seller = await session.get_one(Account, caller.account_id)
    return await _whole(session, listing, seller, shown, Reader(seller.id, AS_WRITTEN))


async def _whole(
    session: DatabaseSession, listing: Listing, seller: Account, shown: Shown, reader: Reader
) -> ListingOut:
    options = await queries.options_of(session, listing.id)
    shown = await (await shown.reading(session, listing.photo_ids)).knowing(session, seller.id)
    return listing_out(listing, seller, options, shown, reader)
