"""Download links: for one file, until one instant, by us alone."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from orderhub.domain.files.errors import LinkExpiredError
from orderhub.domain.files.links import FileLinks, Link
from orderhub.kit.ids import new_id, show_id

NOW = datetime(2026, 11, 23, 12, 20, tzinfo=UTC)
LINKS = FileLinks("a secret of the tests", "https://api.orderhub.test/")
LOGO = new_id()


def parts(link: Link) -> tuple[int, str]:
    query = parse_qs(urlsplit(link.url).query)
    return int(query["expires"][0]), query["signature"][0]


def test_a_link_works_until_it_expires() -> None:
    link = LINKS.sign(LOGO, NOW)
    expires, signature = parts(link)

    assert link.url.startswith(f"https://api.orderhub.test/v1/files/{show_id('fil', LOGO)}/content?")
    assert timedelta(hours=1) <= link.expires_at - NOW <= timedelta(hours=2)
    for moment in (NOW, link.expires_at - timedelta(seconds=1)):
        LINKS.check(LOGO, expires=expires, signature=signature, now=moment)
    with pytest.raises(LinkExpiredError):
        LINKS.check(LOGO, expires=expires, signature=signature, now=link.expires_at)


def test_a_link_stays_the_same_for_a_while_so_that_browsers_cache_it() -> None:
    assert LINKS.sign(LOGO, NOW) == LINKS.sign(LOGO, NOW + timedelta(minutes=39))
    assert LINKS.sign(LOGO, NOW) != LINKS.sign(LOGO, NOW + timedelta(minutes=41))


def test_nothing_of_a_link_can_be_changed() -> None:
    expires, signature = parts(LINKS.sign(LOGO, NOW))
    other = parts(FileLinks("another secret", "https://api.orderhub.test").sign(LOGO, NOW))[1]

    for file_id, until, signed in (
        (new_id(), expires, signature),
        (LOGO, expires + 3600, signature),
        (LOGO, expires, signature[:-1] + ("0" if signature[-1] != "0" else "1")),
        (LOGO, expires, other),
        (LOGO, expires, ""),
        (LOGO, expires, "é" * 64),
    ):
        with pytest.raises(LinkExpiredError):
            LINKS.check(file_id, expires=until, signature=signed, now=NOW)
