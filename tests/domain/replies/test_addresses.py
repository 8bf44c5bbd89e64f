"""Reply addresses say what they are about, and only those that we made are believed."""

from uuid import UUID

import pytest

from orderhub.domain.replies.addresses import DocumentReply, QuoteVersionReply, ReplyAddresses

ADDRESSES = ReplyAddresses("reply.orderhub.example", "a secret of this test")
QUOTE = UUID("01a1b800-0000-7000-8000-00000000000a")


@pytest.mark.parametrize(
    "target", [QuoteVersionReply(QUOTE, 1), QuoteVersionReply(QUOTE, 999_999_999), DocumentReply(QUOTE)]
)
def test_an_address_reads_back_as_what_it_was_made_of(target: QuoteVersionReply | DocumentReply) -> None:
    address = ADDRESSES.make(target)
    assert ADDRESSES.read(address) == target
    assert ADDRESSES.read(address.upper()) == target
    assert len(address.rpartition("@")[0]) <= 64


def test_each_target_has_its_own_address() -> None:
    targets = [QuoteVersionReply(QUOTE, 1), QuoteVersionReply(QUOTE, 11), DocumentReply(QUOTE)]
    assert len({ADDRESSES.make(target) for target in targets}) == len(targets)


def test_a_changed_address_is_not_believed() -> None:
    address = ADDRESSES.make(QuoteVersionReply(QUOTE, 1))
    local, _, domain = address.rpartition("@")
    head, meant, mac = local.partition("+")[0], local.partition("+")[2].rsplit(".", 1)[0], local.rsplit(".", 1)[1]
    forged = [
        f"{head}+{meant[:-1]}2.{mac}@{domain}",
        f"{head}+{meant.replace('q', 'd', 1)}.{mac}@{domain}",
        f"{head}+{meant}.{'a' * 20}@{domain}",
        f"{head}+{meant}.{mac[:-1]}@{domain}",
        f"{local}@elsewhere.example",
        local,
        "",
        "@",
        f"\u212a{address}",
    ]
    assert [ADDRESSES.read(text) for text in forged] == [None] * len(forged)


def test_another_secret_makes_other_addresses() -> None:
    address = ReplyAddresses(ADDRESSES.domain, "another secret").make(DocumentReply(QUOTE))
    assert ADDRESSES.read(address) is None


def test_addresses_are_found_within_a_header() -> None:
    first, second = QuoteVersionReply(QUOTE, 3), DocumentReply(QUOTE)
    shown, hidden = ADDRESSES.make(first), ADDRESSES.make(second)
    header = f'"Maison, l’équipe" <{shown}>, x@y.example,\r\n {hidden}, {shown}'
    assert ADDRESSES.within(header) == [first, second]
    assert ADDRESSES.within("reply+q.@" * 1000) == []
