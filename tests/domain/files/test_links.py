"""Download links: for one file, one session or everybody, until one instant, by us alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from orderhub.domain.files.errors import LinkExpiredError
from orderhub.domain.files.links import FileLinks, GivenLinks, Link, Place, Target
from orderhub.kit.ids import new_id, show_id

NOW = datetime(2026, 11, 23, 12, 20, 30, tzinfo=UTC)
LINKS = FileLinks("a secret of the tests", "https://api.orderhub.test/")
PUBLIC = Target(new_id())
MINE = Target(PUBLIC.file_id, session_id=new_id())
ORIGINAL = replace(MINE, place=Place.ORIGINAL)


def parts(link: Link) -> tuple[int, str]:
    query = parse_qs(urlsplit(link.url).query)
    return int(query["expires"][0]), query["signature"][0]


@pytest.mark.parametrize("target", [PUBLIC, MINE, ORIGINAL])
def test_a_link_works_until_it_expires(target: Target) -> None:
    link = LINKS.sign(target, NOW)
    expires, signature = parts(link)

    for moment in (NOW, link.expires_at - timedelta(seconds=1)):
        LINKS.check(target, expires=expires, signature=signature, now=moment)
    with pytest.raises(LinkExpiredError):
        LINKS.check(target, expires=expires, signature=signature, now=link.expires_at)


def test_a_link_names_its_file_and_its_session() -> None:
    file, session = show_id("fil", MINE.file_id), show_id("ses", MINE.session_id or new_id())

    assert LINKS.sign(PUBLIC, NOW).url.startswith(f"https://api.orderhub.test/v1/files/{file}/content?expires=")
    assert "session" not in LINKS.sign(PUBLIC, NOW).url
    assert f"/v1/files/{file}/content?" in LINKS.sign(MINE, NOW).url
    assert f"&session={session}&" in LINKS.sign(MINE, NOW).url
    assert f"/v1/files/{file}/original?" in LINKS.sign(ORIGINAL, NOW).url


@pytest.mark.parametrize("moment", [NOW, NOW.replace(second=0), NOW.replace(second=59)])
def test_a_sessions_link_works_for_minutes_and_everybodys_for_hours(moment: datetime) -> None:
    for target in (MINE, ORIGINAL):
        assert timedelta(minutes=4) <= LINKS.sign(target, moment).expires_at - moment <= timedelta(minutes=5)
    assert timedelta(hours=1) <= LINKS.sign(PUBLIC, moment).expires_at - moment <= timedelta(hours=2)


def test_a_link_stays_the_same_for_a_while_so_that_browsers_cache_it() -> None:
    assert LINKS.sign(PUBLIC, NOW) == LINKS.sign(PUBLIC, NOW + timedelta(minutes=39))
    assert LINKS.sign(PUBLIC, NOW) != LINKS.sign(PUBLIC, NOW + timedelta(minutes=41))
    assert LINKS.sign(MINE, NOW) == LINKS.sign(MINE, NOW + timedelta(seconds=29))


@pytest.mark.parametrize("target", [PUBLIC, MINE, ORIGINAL])
def test_nothing_of_a_link_can_be_changed(target: Target) -> None:
    expires, signature = parts(LINKS.sign(target, NOW))
    other = parts(FileLinks("another secret", "https://api.orderhub.test").sign(target, NOW))[1]
    altered = [
        replace(target, file_id=new_id()),
        replace(target, session_id=new_id()),
        replace(target, session_id=None if target.session_id else new_id()),
        replace(target, place=Place.THUMBNAIL),
    ]

    for tried, until, signed in (
        *((each, expires, signature) for each in altered),
        (target, expires + 3600, signature),
        (target, expires, signature[:-1] + ("0" if signature[-1] != "0" else "1")),
        (target, expires, other),
        (target, expires, ""),
        (target, expires, "é" * 64),
    ):
        with pytest.raises(LinkExpiredError):
            LINKS.check(tried, expires=until, signature=signed, now=NOW)


def test_who_is_not_signed_in_is_given_everybodys_links() -> None:
    mine, theirs = GivenLinks(LINKS, MINE.session_id, NOW), GivenLinks(LINKS, None, NOW)

    assert mine.to(MINE.file_id) == LINKS.sign(MINE, NOW)
    assert mine.to(MINE.file_id, Place.ORIGINAL) == LINKS.sign(ORIGINAL, NOW)
    assert theirs.to(MINE.file_id) == LINKS.sign(PUBLIC, NOW)
