"""The transition tables, for whoever builds on them."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from orderhub.api.dependencies import AskedLanguage, DatabaseSession, Public
from orderhub.api.problems import problems
from orderhub.api.schemas.processes import ProcessesOut, ProcessNameOut, ProcessOut
from orderhub.domain.policies.queries import current
from orderhub.domain.processes import PROCESSES, describe, mermaid
from orderhub.kit.errors import NotFoundError
from orderhub.kit.text import Label

router = APIRouter(prefix="/processes", tags=["processes"], dependencies=[Public])


class Format(StrEnum):
    """How a table is shown."""

    JSON = "json"
    MERMAID = "mermaid"


@router.get("", summary="List the transition tables")
async def list_processes() -> ProcessesOut:
    """Every table with its size."""
    return ProcessesOut(
        data=[
            ProcessNameOut(name=name, statuses=len(process.statuses), rows=len(process.rows))
            for name, process in PROCESSES.items()
        ]
    )


@router.get(
    "/{name}",
    summary="Read a transition table",
    response_model=ProcessOut,
    responses={
        200: {"content": {"text/vnd.mermaid": {"schema": {"type": "string"}}}},
        **problems(NotFoundError),
    },
)
async def get_process(
    session: DatabaseSession,
    language: AskedLanguage,
    name: Annotated[str, Path(min_length=1, max_length=40, examples=["service"])],
    format: Format = Format.JSON,  # noqa: A002 - the parameter's public name
) -> Any:
    """Statuses and rows; with ``?format=mermaid`` the diagram that they draw."""
    process = PROCESSES.get(name)
    if process is None:
        raise NotFoundError(
            Label(
                f"Il n’y a pas une telle table. Choisissez parmi : {', '.join(PROCESSES)}.",
                f"There is no such table. Choose one of: {', '.join(PROCESSES)}.",
            )
        )
    if format is Format.MERMAID:
        return Response(mermaid(process), media_type="text/vnd.mermaid")
    policy = await current(session)
    return describe(process, language, policy.durations)
