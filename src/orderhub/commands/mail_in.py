"""One mail from a mail server's pipe: what its exit status tells the server.

The statuses are those of sysexits.h. The server keeps a mail that it was told to try again, and tells the
sender of one that was refused; so all that is wrong on our side, settings included, is worth another try.
"""

import asyncio
import sys
from pathlib import Path
from typing import Final

from orderhub.commands import database
from orderhub.commands.configuration import data_folder, load_settings, refuse_unsafe, with_secrets
from orderhub.commands.terminal import complain, say
from orderhub.kit.errors import DomainError, MalformedError, TooLargeError
from orderhub.settings import Settings

TAKEN: Final = 0
REFUSED: Final = 65
"""EX_DATAERR: empty, or too large."""
TRY_AGAIN: Final = 75
"""EX_TEMPFAIL."""
_PIECE: Final = 1 << 20


def take(data_dir: Path | None) -> int:
    """Record the mail on standard input; the exit status."""
    from orderhub.domain.replies.mail import MAX_BYTES

    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    while sys.stdin.buffer.read(_PIECE):
        pass  # a server whose pipe is closed too early takes it for a failure of ours
    try:
        settings = load_settings(data_dir=data_dir)
        refuse_unsafe(settings)
        settings = with_secrets(settings)
        with database.provided(settings) as url:
            say(asyncio.run(_record(settings, url, raw)))
    except (MalformedError, TooLargeError) as refusal:
        complain(f"orderhub: {refusal.title.en}. {refusal.detail.en if refusal.detail else ''}".rstrip())
        return REFUSED
    except Exception as reason:  # noqa: BLE001 - whatever it is, the mail must not be lost for it
        told = reason.title.en if isinstance(reason, DomainError) else str(reason)
        complain(f"orderhub: {told or type(reason).__name__}")
        return TRY_AGAIN
    return TAKEN


async def _record(settings: Settings, url: str, raw: bytes) -> str:
    from orderhub.adapters.documents.typst_printer import TypstPrinter
    from orderhub.adapters.storage.objects import open_storage
    from orderhub.domain.replies.addresses import ReplyAddresses
    from orderhub.domain.replies.reading import MailReader
    from orderhub.domain.replies.recording import record
    from orderhub.infra.isolation.pool import Isolation

    addresses = ReplyAddresses(settings.mail.reply_domain, settings.mail.inbound_secret.get_secret_value())
    storage = open_storage(settings.files.url, data_folder(settings) / "files")
    printer = TypstPrinter(parallel=1)
    try:
        async with database.opened(settings, url) as opened, Isolation(1) as isolation:
            return await record(opened, storage, MailReader(isolation), printer, addresses, raw)
    finally:
        printer.close()
