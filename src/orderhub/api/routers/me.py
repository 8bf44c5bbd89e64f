"""One's own account: profile, export, erasure (RGPD)."""

from fastapi import Response, status

from orderhub.api.dependencies import DatabaseSession, Photos, SignedIn
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.me import ExportOut, MeOut, UpdateMe
from orderhub.domain.accounts import queries
from orderhub.domain.accounts.erasure import erase
from orderhub.domain.accounts.errors import HandleTakenError, StillOpenError
from orderhub.domain.accounts.locking import held_account
from orderhub.domain.accounts.personal_data import export_person
from orderhub.domain.accounts.profile import change_profile
from orderhub.domain.files.errors import FileUnusableError, PhotoUnusableError
from orderhub.domain.files.portraits import set_portrait
from orderhub.domain.requests.conditions import SIGNED_OUT
from orderhub.infra.business_clock import business_now
from orderhub.kit.errors import UnauthenticatedError

router = Router(prefix="/me")


@router.get("", summary="Show one's own account", responses=problems(401))
async def get_me(session: DatabaseSession, photos: Photos, caller: SignedIn) -> MeOut:
    """The caller's account."""
    return MeOut.of(await queries.own_account(session, caller.account_id), photos)


@router.patch(
    "", summary="Change one's profile", responses=problems(401, HandleTakenError, FileUnusableError, PhotoUnusableError)
)
async def update_me(session: DatabaseSession, photos: Photos, caller: SignedIn, body: UpdateMe) -> MeOut:
    """Change handle, display name, photo, language, time zone, country or phone."""
    account = await held_account(session, caller.account_id)
    if account.erased_at is not None:
        raise UnauthenticatedError(SIGNED_OUT)
    if "photo_id" in body.model_fields_set:
        await set_portrait(session, account, body.photo_id)
    return MeOut.of(await change_profile(session, account, body.changes()), photos)


@router.delete(
    "",
    status_code=status.HTTP_204_NO_CONTENT,
    summary="Erase one's account",
    responses=problems(401, StillOpenError),
)
async def delete_me(session: DatabaseSession, caller: SignedIn) -> None:
    """Erase everything personal, for good. Refused while something is open; `open` lists what: orders, balance."""
    account = await queries.own_account(session, caller.account_id)
    await erase(session, account, now=await business_now(session))


@router.get("/export", summary="Export everything held about oneself", responses=problems(401))
async def export_me(session: DatabaseSession, caller: SignedIn, response: Response) -> ExportOut:
    """One JSON document with everything of the caller (RGPD, article 20)."""
    account = await queries.own_account(session, caller.account_id)
    response.headers["Content-Disposition"] = 'attachment; filename="orderhub-export.json"'
    response.headers["Cache-Control"] = "no-store"
    return ExportOut.model_validate(await export_person(session, account))
