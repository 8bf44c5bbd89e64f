"""What the sandbox provider refuses, and how it says so: ``{"error": {"code", "message"}}``."""


class SandboxError(Exception):
    """A refusal with its HTTP status and a stable code."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def unauthorized() -> SandboxError:
    """The API key or the client secret is missing or wrong."""
    return SandboxError(401, "unauthorized", "The key or secret is missing or wrong.")


def not_found(what: str) -> SandboxError:
    """There is no such object."""
    return SandboxError(404, "not_found", f"There is no such {what}.")


def conflict(code: str, message: str) -> SandboxError:
    """The object's state does not allow it."""
    return SandboxError(409, code, message)


def refused(code: str, message: str) -> SandboxError:
    """The request is understood and refused, whatever the moment."""
    return SandboxError(422, code, message)
