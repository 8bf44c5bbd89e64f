"""The provider's own ids: a prefix and 128 random bits."""

import secrets


def new_id(prefix: str) -> str:
    """An unguessable id, such as ``psp_5f0c…``: a payment's pages are found by it."""
    return f"{prefix}_{secrets.token_hex(16)}"
