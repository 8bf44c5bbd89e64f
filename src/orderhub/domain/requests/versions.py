"""If-Match: whoever changes something has looked at its newest version."""

from orderhub.kit.errors import StaleError
from orderhub.kit.text import Label
from orderhub.kit.versions import Versions


def require_version(noun: str, version: int, expected: Versions | None) -> None:
    """Raises StaleError when the caller looked at other versions of the ``noun``; None asks nothing."""
    if expected is not None and version not in expected:
        raise StaleError(
            Label(
                f"La version actuelle est {version}. Relisez, puis recommencez avec le nouvel ETag.",
                f"The {noun} is at version {version} now. Read it again, then repeat this with its new ETag.",
            ),
            version=version,
        )
