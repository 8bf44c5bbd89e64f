"""Registration and forgotten passwords, which tell a stranger nothing; public pages of accounts."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query, status

from orderhub.api.clients import FromDevice
from orderhub.api.constant_time import constant_time_answer
from orderhub.api.dependencies import AppParts, AskedLanguage, DatabaseSession, Photos, Public, sign_in
from orderhub.api.pages import PageByTextParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.accounts import (
    AccountOut,
    ConfirmAccount,
    EmailAddress,
    MailFollows,
    RegisterAccount,
    ResetPassword,
)
from orderhub.api.schemas.base import AccountId, PageOut
from orderhub.api.schemas.forms import HANDLE_PREFIX
from orderhub.api.schemas.people import PersonOut
from orderhub.domain.accounts import password_reset, queries, registration
from orderhub.domain.accounts.errors import AccountNotFoundError, EmailTokenUsedError, InvalidEmailTokenError
from orderhub.domain.accounts.handles import LONGEST
from orderhub.domain.accounts.passwords import Passwords
from orderhub.domain.accounts.pending import Registration
from orderhub.domain.overviews.seller_pages import seller_page
from orderhub.infra.business_clock import business_now
from orderhub.kit.text import Label, Language

router = Router(prefix="/accounts")

_FOLLOWS = Label(
    "Si cette adresse le permet, un e-mail vient de partir.", "If this address allows it, a mail is on its way."
)


@router.post(
    "",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Public],
    summary="Register",
    responses=problems(422, 503),
)
async def register_account(
    parts: AppParts, language: AskedLanguage, body: RegisterAccount, device: FromDevice
) -> MailFollows:
    """A mail follows: to confirm the address, or to say that it has an account already. The answer is the same.

    Several may register an address that nobody confirmed; the link of each mail confirms its own registration, with
    its password and its name, and ends the others. A few mails are sent to an address within an hour.
    """
    house = parts.settings.house
    wanted = Registration(
        email=body.email,
        password=body.password,
        display_name=body.display_name,
        language=body.language or language,
        time_zone=body.time_zone or house.time_zone,
        country=body.country or house.country,
        handle=body.handle,
    )
    await registration.register(parts.database, parts.others[Passwords], wanted, address=device.address)
    return _mail_follows(language)


@router.post(
    "/confirm",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Public],
    summary="Confirm an address",
    responses=problems(InvalidEmailTokenError, EmailTokenUsedError),
)
async def confirm_account(session: DatabaseSession, body: ConfirmAccount) -> None:
    """Activate the account as the registration said whose mail had this token; then sign in."""
    await registration.confirm(session, body.token, now=await business_now(session))


@router.post(
    "/confirm/resend",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Public],
    summary="Send the confirmation again",
    responses=problems(422),
)
async def resend_confirmation(
    parts: AppParts, language: AskedLanguage, body: EmailAddress, device: FromDevice
) -> MailFollows:
    """Send another confirmation mail, if there is an account that waits for one.

    Where several registrations of the address wait, the mail lets its reader choose the password instead.
    """
    async with constant_time_answer(), parts.database.session() as session:
        now = await business_now(session)
        await registration.resend_confirmation(session, body.email, device.address, now=now)
    return _mail_follows(language)


@router.post(
    "/password-reset",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Public],
    summary="Ask for a new password",
    responses=problems(422),
)
async def request_password_reset(
    parts: AppParts, language: AskedLanguage, body: EmailAddress, device: FromDevice
) -> MailFollows:
    """Send a link to set a new password, if this address has an account."""
    async with constant_time_answer(), parts.database.session() as session:
        await password_reset.ask_reset(session, body.email, device.address, now=await business_now(session))
    return _mail_follows(language)


@router.post(
    "/password-reset/confirm",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Public],
    summary="Set a new password",
    responses=problems(InvalidEmailTokenError, EmailTokenUsedError, 503),
)
async def confirm_password_reset(parts: AppParts, body: ResetPassword, device: FromDevice) -> None:
    """Set the password with the token of the mail. Every session of the account ends.

    The account is unlocked, if it was locked after failed sign-ins; other known devices are forgotten.
    """
    known = replace(device, token=body.device_token)
    await password_reset.reset(parts.database, parts.others[Passwords], body.token, body.password, known)


@router.get("", dependencies=[Depends(sign_in)], summary="Find people to mention", responses=problems(401, 422))
async def list_accounts(
    session: DatabaseSession,
    photos: Photos,
    page: PageByTextParams,
    handle_prefix: Annotated[str, Query(min_length=1, max_length=LONGEST, examples=["aw"]), HANDLE_PREFIX],
) -> PageOut[PersonOut]:
    """People whose handle begins like this, in the order of their handles."""
    found = await queries.by_handle_prefix(session, handle_prefix, page)
    return show_page(found, lambda account: PersonOut.of(account, photos))


@router.get(
    "/{account_id}",
    dependencies=[Public],
    summary="Show a person's public page",
    responses=problems(AccountNotFoundError),
)
async def get_account(session: DatabaseSession, photos: Photos, account_id: AccountId) -> AccountOut:
    """A seller's page: rating, completed orders, usual time to ship, and who sells as a professional."""
    return AccountOut.page(await seller_page(session, account_id), photos)


def _mail_follows(language: Language) -> MailFollows:
    return MailFollows(message=_FOLLOWS.within(language))
