"""Our own documents, which some programs send back with the answer: no receipt, unless somebody wrote in them.

Whatever a file is called, it is ours only byte for byte; documents are printed alike each time.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.documents.ports import Printer
from orderhub.domain.files.models import FileKind
from orderhub.domain.replies.attachments import Kept, added, in_order
from orderhub.infra.database import Database
from orderhub.kit.text import Language

_NUMBER: Final = re.compile(r"(PF|FA|AV)-[0-9]{4}-[0-9]{6}")


async def set_aside(database: Database, printer: Printer, kept: Sequence[Kept]) -> Sequence[Kept]:
    """The files of a mail, the likeliest proof first, our own documents last. Raises PrinterBusyError."""
    named = {id(each): found[0] for each in kept if (found := _NUMBER.match(each.upload.name)) and _is_document(each)}
    if not named:
        return kept
    ours = {digest for number in sorted(set(named.values())) for digest in await _printed(database, printer, number)}
    return in_order(added(each) if id(each) in named and each.upload.sha256 in ours else each for each in kept)


def _is_document(kept: Kept) -> bool:
    return kept.upload.kind is FileKind.DOCUMENT


async def _printed(database: Database, printer: Printer, number: str) -> set[bytes]:
    """The hashes of a document in each language; none where there is no such document."""
    async with database.session() as session:
        document = await session.scalar(select(Document).where(Document.number == number))
    if document is None:
        return set()
    kind = DocumentKind(document.kind)
    printed = [await printer.print(kind, document.content, language) for language in Language]
    return {hashlib.sha256(pdf).digest() for pdf in printed}
