"""Which passwords are accepted, and that nobody's hash costs as much as somebody's."""

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from orderhub.domain.accounts.passwords import NOBODY, Passwords, check_password
from orderhub.kit.errors import InvalidError, OverloadedError


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("neuf-lett", "password_length"),
        ("x" * 65 + "y" * 64, "password_length"),
        ("azertyuiop", "password_common"),
        ("MotDePasse123", "password_common"),
        ("aaaaaaaaaab", "password_common"),
        ("Bruno.Lefevre@example.com", "password_is_email"),
        ("bruno.lefevre", "password_is_email"),
    ],
)
def test_a_guessable_password_is_refused(password: str, code: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        check_password(password, "bruno.lefevre@example.com")
    assert refusal.value.errors[0].code == code
    assert refusal.value.errors[0].pointer == "/password"


@pytest.mark.parametrize("password", ["dix-lettre", "à la claire fontaine", "wxyz" * 32])
def test_a_long_enough_password_is_accepted(password: str) -> None:
    check_password(password, "bruno@example.com")


async def test_the_password_and_no_other_gives_the_hash(passwords: Passwords) -> None:
    hashed = await passwords.hash("mangues-du-marche")
    assert "mangues" not in hashed
    assert await passwords.verify("mangues-du-marche", hashed)
    assert not await passwords.verify("mangues-du-marché", hashed)


async def test_an_accent_is_one_however_the_keyboard_writes_it(passwords: Passwords) -> None:
    hashed = await passwords.hash("caf\u00e9-cr\u00e8me-noir")
    assert await passwords.verify("cafe\u0301-cre\u0300me-noir", hashed)


def test_nobodys_hash_costs_what_anybodys_does() -> None:
    assert not Argon2Hasher().check_needs_rehash(NOBODY)


async def test_nobody_gets_in_without_a_hash(passwords: Passwords) -> None:
    assert not await passwords.verify("mangues-du-marche", None)


async def test_who_would_wait_too_long_is_refused() -> None:
    hurried = Passwords(1, wait=0.001)
    with pytest.raises(OverloadedError) as refusal:
        await hurried.hash("mangues-du-marche")
    assert refusal.value.extras["retry_after"] > 0
    hurried.close()
