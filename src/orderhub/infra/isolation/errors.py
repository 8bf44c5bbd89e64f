"""How a call in another process can end without an answer. Whoever calls says what that means to people."""


class IsolationError(Exception):
    """The call has no answer; its process was ended."""


class DeadlineError(IsolationError):
    """It took longer than it may."""


class MemoryLimitError(IsolationError):
    """It asked for more memory than it may have."""


class CrashedError(IsolationError):
    """Its process died, or the function raised what is no refusal of ours; the message says which."""
