"""Zoé writes how to reach and to pay her wherever text is taken: nobody else reads it before an order is paid."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest

from orderhub.kit.ids import show_id
from tests.lives.world import Person, World
from tests.privacy.fields import Document
from tests.privacy.marks import Marks
from tests.privacy.story import Story, begin

ROOM = 90
SPANISH = "612 700"
"""A number begins so in her country, and a size or a price anywhere else."""
FOR_EVER = re.compile(r"paypal\.me/zephyr(\d{3})")
UNTIL_PAID = re.compile(r"zephyr(\d{3})@exemple\.fr|06 12 77 (\d\d \d\d)|612 700 (\d{3})")
PUBLIC = ("/listings/{listing_id}", "/listings?seller={zoe}", "/listings/{listing_id}/options", "/accounts/{zoe}")


def contact(mark: str, room: int) -> str:
    """Numbers, an address and a link of the mark's own, as far as there is room."""
    number = f"{mark} 06 12 77 0{mark[-3]} {mark[-2:]}"
    return f"{number} {mark}@exemple.fr ou {SPANISH} {mark[-3:]} paypal.me/{mark}" if room >= ROOM else number


@dataclass(slots=True)
class Read:
    """Something that somebody read."""

    reader: str
    path: str
    text: str
    paid: bool


@dataclass(slots=True)
class Readers:
    """Everything that the others read, with what they might see by then."""

    reads: list[Read] = field(default_factory=list[Read])
    story: Story | None = None

    def follow(self, person: Person, name: str) -> None:
        """Keep what this person reads."""

        async def keep(response: httpx.Response) -> None:
            await response.aread()
            paid = self.story is not None and name in self.story.paid
            self.reads.append(Read(name, response.request.url.path, response.text, paid))

        person.client.event_hooks["response"].append(keep)

    def leaks(self, marks: Marks) -> Iterator[str]:
        """What somebody read too much of: the field, and where."""
        for read in self.reads:
            found = FOR_EVER.findall(read.text)
            if not read.paid:
                found += [
                    mail or number.replace(" ", "")[-3:] or spanish
                    for mail, number, spanish in UNTIL_PAID.findall(read.text)
                ]
            yield from (f"{marks.of(int(number))} in {read.path} for {read.reader}" for number in found)


@pytest.fixture
def readers() -> Readers:
    return Readers()


async def test_no_answer_mail_or_event_leads_another_person_away(world: World, readers: Readers) -> None:
    marks = Marks(await Document.read(world.base_url), contact)

    async def followed(name: str) -> Person:
        person = await world.person(name)
        readers.follow(person, name)
        return person

    readers.story = story = await begin(world, marks, followed)
    await story.play()
    await _read_what_is_public(story, await followed("driss"))
    await _read_mails(story, readers)
    leaks = sorted(set(readers.leaks(marks)))
    assert not leaks, "\n".join(leaks)
    # What may be read is read: the marks themselves, and after the payment the numbers.
    assert any("zephyr" in read.text and "•••••" in read.text for read in readers.reads)
    assert any(UNTIL_PAID.search(read.text) for read in readers.reads if read.paid)

    # Parties read that staff acted, and not who of them.
    staff = {show_id("acc", each.account_id) for each in (story.chloe, story.farid, story.ada)}
    assert not [read.path for read in readers.reads if any(each in read.text for each in staff)]
    await _is_silent_about_commission(story)


async def _is_silent_about_commission(story: Story) -> None:
    """The buyer reads what was released, not what the hub kept of it; the seller reads both."""
    path = f"/orders/{story.things['order_id']}/escrow"
    bought, sold = await story.zoe.ask("GET", path), await story.bruno.ask("GET", path)
    released = [posting["amount"] for posting in bought["postings"] if posting["target"] == "released"]
    assert released == [bought["released"]]
    assert "commission" not in str(bought)
    assert [posting["target"] for posting in sold["postings"]][-1] == "hub:commission"


async def _read_what_is_public(story: Story, driss: Person) -> None:
    me = await story.zoe.ask("GET", "/me")
    for path in PUBLIC:
        await driss.ask("GET", path.format(zoe=me["id"], **story.things))
    await driss.ask("GET", f"/listings/{story.things['brunos_listing']}/reviews")
    await driss.ask("GET", f"/files/{story.things['file_id']}")
    await driss.ask("POST", f"/listings/{story.things['listing_id']}/preview", json={"options": []})


async def _read_mails(story: Story, readers: Readers) -> None:
    """Mails to the two who dealt with her. One that was sent after the payment may speak of what was before."""
    for name in ("awa", "bruno"):
        mails = await story.chloe.ask("GET", f"/sandbox/mailbox?limit=100&to={name}@example.fr")
        for mail in mails["data"]:
            readers.reads.append(Read(name, f"mail {mail['subject']}", f"{mail['text']} {mail['html']}", paid=True))
