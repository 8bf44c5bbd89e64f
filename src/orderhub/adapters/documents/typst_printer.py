"""The printer: documents are printed in threads of its own, a few at a time, off the event loop."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.ports import PrinterBusyError
from orderhub.kit.text import Label, Language


class TypstPrinter:
    """Prints ``parallel`` documents at a time; one that would wait longer than ``wait`` seconds is refused."""

    def __init__(self, parallel: int = 2, wait: float = 10.0) -> None:
        self._threads = ThreadPoolExecutor(parallel, thread_name_prefix="printer")
        self._wait = wait

    async def print(self, kind: DocumentKind, content: Mapping[str, Any], language: Language) -> bytes:
        """One document as PDF. Raises PrinterBusyError."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._wait):
                return await loop.run_in_executor(self._threads, _print, kind, content, language)
        except TimeoutError:
            raise PrinterBusyError(
                Label(
                    "Beaucoup de documents sont en cours d’impression. Réessayez dans un instant.",
                    "Many documents are being printed. Try again in a moment.",
                ),
                retry_after=2,
            ) from None

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _print(kind: DocumentKind, content: Mapping[str, Any], language: Language) -> bytes:
    # Imported by the first document: Typst and the XML's libraries take 25 MiB that an idle process saves.
    from orderhub.adapters.documents.printing import print_document

    return print_document(kind, content, language)
