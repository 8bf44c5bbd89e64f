"""Access tokens: read as they were issued, refused when altered, foreign or over, also once they were seen."""

from datetime import timedelta

import pytest

from orderhub.domain.accounts.tokens import AccessTokens, Claims
from orderhub.kit.clock import real_now
from orderhub.kit.errors import UnauthenticatedError
from orderhub.kit.ids import new_id

LIFE = timedelta(minutes=15)
CLAIMS = Claims(new_id(), new_id(), frozenset({"support"}))


@pytest.fixture
def tokens() -> AccessTokens:
    return AccessTokens("a-secret-of-this-test-that-is-long-enough", LIFE)


def test_what_was_issued_is_read_again_and_again(tokens: AccessTokens) -> None:
    token = tokens.issue(CLAIMS)
    assert tokens.read(token) == CLAIMS
    assert tokens.read(token) == CLAIMS


def test_an_altered_or_foreign_token_is_refused(tokens: AccessTokens) -> None:
    token = tokens.issue(CLAIMS)
    tokens.read(token)
    head, payload, signature = token.split(".")
    foreign = AccessTokens("another-secret-of-this-test-long-enough", LIFE).issue(CLAIMS)
    none = f"{head}.{payload}."
    for wrong in (
        f"{head}.{payload}.{signature[::-1]}",
        f"{head}.{payload[::-1]}.{signature}",
        foreign,
        none,
        "",
        "a.b.c",
    ):
        with pytest.raises(UnauthenticatedError):
            tokens.read(wrong)


def test_a_token_that_was_seen_still_ends(tokens: AccessTokens, monkeypatch: pytest.MonkeyPatch) -> None:
    token = tokens.issue(CLAIMS)
    tokens.read(token)
    later = (real_now() + LIFE).timestamp() + 1
    monkeypatch.setattr("time.time", lambda: later)
    with pytest.raises(UnauthenticatedError):
        tokens.read(token)


def test_an_old_token_is_refused_when_first_seen(tokens: AccessTokens) -> None:
    with pytest.raises(UnauthenticatedError):
        tokens.read(tokens.issue(CLAIMS, real_now() - LIFE - timedelta(seconds=1)))
