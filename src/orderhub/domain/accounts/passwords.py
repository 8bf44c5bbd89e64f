"""Passwords: what is accepted, and hashing with argon2 off the event loop, a few at a time."""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from pwdlib import PasswordHash

from orderhub.kit.errors import OverloadedError, invalid_field
from orderhub.kit.text import Label

SHORTEST: Final = 10
LONGEST: Final = 128
_FEWEST_LETTERS: Final = 4
"""Different characters in a password."""

NOBODY: Final = "$argon2id$v=19$m=65536,t=3,p=4$CdVzj7E5rdTSyXutCh/LBA$1wCLvzRg60OOTC7T6cFwVJfi0H69bM5M3QkJ4r3Ny88"
"""A hash that no password gives. Verifying against it takes as long as against anybody's: a test holds
that its parameters are the hasher's own."""

_DENIED: Final = frozenset(
    """
    0123456789 0987654321 1234567890 12345678910 123456789a 1q2w3e4r5t 1qaz2wsx3edc 9876543210 a123456789 abcd123456
    abcdefghij administrateur administrator azerty1234 azerty12345 azerty123456 azertyuiop azertyuiop123 bienvenue1
    bienvenue123 bonjour123 changeme123 doudou1234 football123 iloveyou123 jetaime123 letmein123 loulou1234
    marseille13 motdepasse motdepasse1 motdepasse123 orderhub123 passw0rd123 password01 password12 password123
    password1234 password2026 qwerty1234 qwerty12345 qwerty123456 qwertyuiop qwertyuiop123 soleil1234 welcome123
    """.split()  # noqa: SIM905 - a column of words is no easier to read
)
"""The commonest passwords of at least ten characters in French and English leaks."""

T = TypeVar("T")


def check_password(password: str, email: str, pointer: str = "/password") -> None:
    """Refuse a password that is too short, too long, too common or the e-mail address itself.

    Raises InvalidError at ``pointer``.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise invalid_field(
            pointer,
            "password_length",
            Label(f"Choisissez {SHORTEST} à {LONGEST} caractères.", f"Choose {SHORTEST} to {LONGEST} characters."),
        )
    plain = password.casefold()
    if plain in (email, email.partition("@")[0]):
        raise invalid_field(
            pointer,
            "password_is_email",
            Label(
                "Choisissez autre chose que votre adresse e-mail.", "Choose something else than your e-mail address."
            ),
        )
    if plain in _DENIED or len(set(plain)) < _FEWEST_LETTERS:
        raise invalid_field(
            pointer,
            "password_common",
            Label(
                "Ce mot de passe est parmi les premiers à être devinés.",
                "This password is among the first to be guessed.",
            ),
        )


class Passwords:
    """Hashes and verifies, ``parallel`` at a time (64 MiB and 90 ms each); further ones wait their turn.

    One that would wait longer than ``wait`` seconds is refused with OverloadedError.
    """

    def __init__(self, parallel: int, wait: float = 10.0, hasher: PasswordHash | None = None) -> None:
        self._hasher = hasher or PasswordHash.recommended()
        self._threads = ThreadPoolExecutor(parallel, thread_name_prefix="password")
        self._wait = wait

    async def hash(self, password: str) -> str:
        """The hash to keep of a password."""
        return await self._run(lambda: self._hasher.hash(_normal(password)))

    async def verify(self, password: str, hashed: str | None) -> bool:
        """Whether a password gives this hash. Without one it takes as long, and never does."""
        matches = await self._run(lambda: self._hasher.verify(_normal(password), hashed or NOBODY))
        return matches and hashed is not None

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[[], T]) -> T:
        # A pool rather than a semaphore: a request that is given up still holds its thread until the end.
        try:
            async with asyncio.timeout(self._wait):
                return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except TimeoutError:
            raise OverloadedError(
                Label(
                    "Trop de personnes se connectent. Réessayez dans un instant.",
                    "Too many people are signing in. Try again in a moment.",
                ),
                retry_after=2,
            ) from None


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
