"""If-Match: whoever changes something has looked at its newest version."""

from orderhub.kit.errors import StaleError


def require_version(noun: str, version: int, expected: int | None) -> None:
    """Raises StaleError when the caller looked at another version of the ``noun``; None asks nothing."""
    if expected is not None and version != expected:
        raise StaleError(f"The {noun} is at version {version} now.", version=version)
