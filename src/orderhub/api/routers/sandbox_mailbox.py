"""The dev mailbox: every mail that was sent, to be read without a mail server. Never in production."""

from typing import Annotated

from fastapi import Query
from pydantic import Field

from orderhub.api.dependencies import AppParts, DatabaseSession, Public
from orderhub.api.pages import PageParams, show_page
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.base import Omittable, PageOut
from orderhub.api.schemas.sandbox_mailbox import SandboxMailOut
from orderhub.domain.notifications import queries
from orderhub.kit.errors import NotFoundError
from orderhub.settings import Mode

router = Router(prefix="/sandbox/mailbox")


@router.get("", summary="Read sent mails", dependencies=[Public], responses=problems(404))
async def list_sandbox_mails(
    parts: AppParts,
    session: DatabaseSession,
    page: PageParams,
    to: Annotated[
        Omittable[Annotated[str, Field(max_length=320)]], Query(description="Only those to this address.")
    ] = None,
) -> PageOut[SandboxMailOut]:
    """Newest first. Confirmation and password links are found here while there is no mail server."""
    if parts.settings.mode is Mode.PRODUCTION or not parts.settings.sandbox.mailbox:
        raise NotFoundError
    return show_page(await queries.sandbox_mails(session, page, recipient=to), SandboxMailOut.of)
