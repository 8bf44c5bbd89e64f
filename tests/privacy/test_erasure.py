"""Zoé gets everything that is held of her, and when she goes, nothing of it is left but what the books keep."""

from collections.abc import Mapping

from sqlalchemy import select

from orderhub.domain.documents.models import Document as Paper
from orderhub.domain.files.models import File
from orderhub.domain.files.ports import FileStorage
from orderhub.domain.files.service import forget_orphans
from orderhub.domain.offers.process import OFFER
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.orders.models import OrderFile
from orderhub.domain.payments.models import Proof
from orderhub.domain.process import By
from orderhub.domain.quotes.process import QUOTE
from orderhub.kit.clock import real_now
from orderhub.kit.ids import parse_id
from tests.lives.world import World
from tests.privacy import items
from tests.privacy.fields import Document, Field
from tests.privacy.marks import KEPT, Marks, numbers_of
from tests.privacy.story import Story, begin
from tests.privacy.traces import marks_in_files, marks_in_tables

COPIES = ("idempotency_keys.body", "sandbox_mails.")
"""Hold nothing that isn't elsewhere: what was answered, and the mails of the dev mailbox."""
PARTIES = frozenset((By.BUYER, By.SELLER))
OTHERS = (
    "/v1/staff/",
    "/v1/hooks/",
    # A shop speaks of itself as an organisation, whoever of it writes.
    "/v1/shops",
    "/v1/quotes/{quote_id}/versions",
    "/v1/payments/{payment_id}/transitions",
    "/v1/refunds/{refund_id}/transitions",
)
"""What staff, carriers and shops write."""
UNKEPT = frozenset(("POST /v1/accounts/confirm/resend", "POST /v1/auth/refresh"))
"""Where one is only asked who one is."""


def takes_words_of_a_person(field: Field) -> bool:
    """Whether a person's own words go there, which may be anything."""
    method_and_path = field.operation.split(" ")[1]
    if field.operation in UNKEPT or method_and_path.startswith(OTHERS):
        return False
    if field.pointer.rsplit("/", 1)[-1] in KEPT:
        return False
    tables = {
        "/v1/orders/{order_id}/transitions": [kind.table for kind in KINDS.values()],
        "/v1/quotes/{quote_id}/transitions": [QUOTE],
        "/v1/offers/{offer_id}/transitions": [OFFER],
    }
    rows = [row for table in tables.get(method_and_path, ()) for row in table.rows if row.action == field.variant]
    return not rows or any(row.by & PARTIES for row in rows)


async def test_everything_is_exported_and_nothing_is_left(world: World) -> None:
    marks = Marks(await Document.read(world.base_url))
    story = await begin(world, marks)
    await story.play()
    await items.trade(story)
    unmarked = {field for field in marks.document.fields() if takes_words_of_a_person(field)} - set(marks.written)
    assert not unmarked, "Zoé's story leaves these fields out"
    await _is_exported(story)
    await story.zoe.ask("DELETE", "/me", 204)
    await world.worker.drain()
    await forget_orphans(world.parts.database, world.parts.others[FileStorage], real_now())
    await _is_gone(story)


async def _found(world: World) -> Mapping[str, set[int]]:
    async with world.parts.database.session() as session:
        return await marks_in_tables(session)


async def _is_exported(story: Story) -> None:
    held = {place: found for place, found in (await _found(story.world)).items() if not place.startswith(COPIES)}
    exported = numbers_of(await story.zoe.ask("GET", "/me/export"))
    missing = {str(story.marks.of(number)) for number in set[int]().union(*held.values()) - exported}
    assert not missing


async def _is_gone(story: Story) -> None:
    """Invoices, contracts, vouchers and what others bought are kept: see docs/personal-data.md."""
    left = {
        place: {str(story.marks.of(each)) for each in found} for place, found in (await _found(story.world)).items()
    }
    papers = left.pop("documents.content")
    assert left == {}
    assert any("quote-request" in field for field in papers)
    kept, files = await _kept(story)
    assert kept == {("final_invoice", None), ("proforma", 1)}
    folder = story.world.parts.settings.server.data_dir
    assert folder is not None
    assert {path.rsplit("/", 1)[-1] for path in marks_in_files(folder / "files")} <= files


async def _kept(story: Story) -> tuple[set[tuple[str, int | None]], set[str]]:
    """The kinds of the documents that still name Zoé, with the version of a proforma; the names of kept objects."""
    async with story.world.parts.database.session() as session:
        papers = await session.scalars(select(Paper))
        named = {(each.kind, each.quote_version) for each in papers if "zephyr" in str(each.content)}
        (order_id,) = {parse_id("ord", story.things["sourced_order"])}
        vouchers = select(Proof.file_id).where(Proof.order_id == order_id, Proof.status == "confirmed")
        files = select(File.object_key).where(File.id.in_(vouchers.union(select(OrderFile.file_id))))
        return named, {key.rsplit("/", 1)[-1] for key in await session.scalars(files)}
