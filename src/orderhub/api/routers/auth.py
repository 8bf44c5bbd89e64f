"""Signing in and out. What is shown once here is never stored, so no Idempotency-Key is taken."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Form, Request, Response, status

from orderhub.api.clients import FromDevice
from orderhub.api.dependencies import AppParts, DatabaseSession, Parts, Public, SignedIn
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import UnsupportedMediaTypeError, problems
from orderhub.api.routing import Router
from orderhub.api.schemas.auth import PasswordForm, RefreshTokens, SessionOut, SignedInOut, TokensOut
from orderhub.api.schemas.base import PageOut, SessionId
from orderhub.domain.accounts import sessions
from orderhub.domain.accounts.errors import (
    AccountSuspendedError,
    AccountUnconfirmedError,
    InvalidCredentialsError,
    InvalidRefreshTokenError,
    LockedOutError,
    RefreshTokenReusedError,
    SessionNotFoundError,
)
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.sessions import Opened
from orderhub.domain.accounts.sign_in import Credentials, sign_in
from orderhub.kit.clock import real_now
from orderhub.kit.text import Label

router = Router(prefix="/auth")


async def require_form(request: Request) -> None:
    """Raises UnsupportedMediaTypeError for anything but a form: the fields of JSON would all be missing."""
    content_type = request.headers.get("content-type", "").lower()
    if content_type and "urlencoded" not in content_type:
        raise UnsupportedMediaTypeError(
            Label(
                "Envoyez un formulaire : « Content-Type: application/x-www-form-urlencoded ».",
                "Send a form: 'Content-Type: application/x-www-form-urlencoded'.",
            )
        )


@router.post(
    "/token",
    dependencies=[Public, Depends(require_form)],
    summary="Sign in",
    responses=problems(
        InvalidCredentialsError, AccountUnconfirmedError, AccountSuspendedError, LockedOutError, 422, 503
    ),
)
async def create_token(
    parts: AppParts,
    response: Response,
    device: FromDevice,
    form: Annotated[PasswordForm, Form()],
) -> SignedInOut:
    """OAuth2's password form; `username` is the e-mail address. The access token is good for 15 minutes.

    After repeated failures the account is locked for a while, whether or not it exists, for everybody but the
    devices that signed in to it before: keep `device_token`, and send it along the next time.
    """
    credentials = Credentials(form.username, form.password)
    known = replace(device, token=form.device_token)
    signed_in = await sign_in(parts.database, parts.others[Passwords], credentials, known, life=_life(parts))
    tokens = _tokens(parts, response, signed_in.opened)
    return SignedInOut(**tokens.model_dump(), device_token=signed_in.device_token)


@router.post(
    "/refresh",
    dependencies=[Public],
    summary="Get the next tokens",
    responses=problems(InvalidRefreshTokenError, RefreshTokenReusedError, 422),
)
async def refresh_token(parts: AppParts, response: Response, body: RefreshTokens) -> TokensOut:
    """Exchange a refresh token for a new pair.

    Sent again within 20 seconds, since the answer was lost or in two tabs at once, it gives another pair, and
    each of them is good. Later it was copied: that ends the whole session.
    """
    async with parts.database.session() as session:
        found = await sessions.refresh(session, body.refresh_token, life=_life(parts), now=real_now())
    # Raised here, after the commit: the end of the session must hold.
    if not isinstance(found, Opened):
        raise found
    return _tokens(parts, response, found)


@router.post("/logout", status_code=status.HTTP_204_NO_CONTENT, summary="Sign out", responses=problems(401))
async def sign_out(session: DatabaseSession, caller: SignedIn) -> None:
    """End this session: its tokens are worthless from the next request on."""
    await sessions.revoke(session, caller.account_id, caller.session_id, now=real_now())


@router.get("/sessions", summary="List where one is signed in", responses=problems(401, 422))
async def list_sessions(session: DatabaseSession, caller: SignedIn, page: PageParams) -> PageOut[SessionOut]:
    """The living sessions of the caller, newest first."""
    found = await sessions.list_sessions(session, caller.account_id, page, now=real_now())
    return show_page(found, lambda row: SessionOut.of(row, caller.session_id))


@router.delete(
    "/sessions/{session_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    summary="End one session",
    responses=problems(401, SessionNotFoundError),
)
async def delete_session(session: DatabaseSession, caller: SignedIn, session_id: SessionId) -> None:
    """Sign out of another device, or of this one."""
    await sessions.revoke(session, caller.account_id, session_id, now=real_now())


def _life(parts: Parts) -> timedelta:
    return timedelta(days=parts.settings.auth.refresh_days)


def _tokens(parts: Parts, response: Response, opened: Opened) -> TokensOut:
    response.headers["Cache-Control"] = "no-store"
    return TokensOut(
        access_token=parts.tokens.issue(opened.claims),
        expires_in=int(parts.tokens.life.total_seconds()),
        refresh_token=opened.refresh_token,
    )
