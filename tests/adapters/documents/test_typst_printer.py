"""The printer works beside the event loop, a few documents at a time, and refuses those that would wait too long."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from orderhub.adapters.documents.printing import print_document
from orderhub.adapters.documents.typst_printer import TypstPrinter
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.ports import Printer, PrinterBusyError
from orderhub.kit.text import Language
from tests.making import documents

INVOICE = DocumentKind.FINAL_INVOICE


@pytest.fixture
def printer() -> Iterator[TypstPrinter]:
    found = TypstPrinter(parallel=2)
    yield found
    found.close()


async def test_many_at_once_are_each_their_own(printer: Printer) -> None:
    contents = [documents.final_invoice(paid=paid) for paid in range(12)]
    printed = await asyncio.gather(*(printer.print(INVOICE, content, Language.FRENCH) for content in contents))
    assert printed == [print_document(INVOICE, content, Language.FRENCH) for content in contents]
    assert len(set(printed)) == len(contents)


async def test_the_event_loop_goes_on_meanwhile(printer: Printer) -> None:
    lines = [documents.article(place) for place in range(100)]
    content = documents.final_invoice(documents.priced_content("EUR", lines))
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - before)

    await printer.print(INVOICE, content, Language.FRENCH)  # imports what it needs
    ticking = asyncio.create_task(tick())
    started = time.perf_counter()
    await asyncio.gather(*(printer.print(INVOICE, content, Language.FRENCH) for _ in range(6)))
    took = time.perf_counter() - started
    ticking.cancel()
    assert longest < took / 2, (longest, took)


async def test_who_would_wait_too_long_is_refused(printer: Printer) -> None:
    hasty = TypstPrinter(parallel=1, wait=0.005)
    content = documents.final_invoice(documents.priced_content("EUR", [documents.article(n) for n in range(100)]))
    with pytest.raises(PrinterBusyError) as refusal:
        await hasty.print(INVOICE, content, Language.FRENCH)
    assert refusal.value.extras["retry_after"] == 2
    hasty.close()
