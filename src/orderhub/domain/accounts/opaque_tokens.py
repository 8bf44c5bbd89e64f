"""Random tokens that a person holds and we only know by their hash: refresh tokens, links in mails."""

import hashlib
import secrets


def new_token() -> str:
    """An unguessable token, 256 bits in 43 characters."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What is stored of a token. It is random enough that a fast hash can't be searched."""
    return hashlib.sha256(token.encode()).digest()
