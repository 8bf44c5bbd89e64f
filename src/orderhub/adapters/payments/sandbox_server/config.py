"""What a sandbox provider is started with."""

from dataclasses import dataclass
from pathlib import Path

RETRY_DELAYS = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Seconds before each further attempt of a notification: about two minutes in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxConfig:
    """``secret`` signs notifications (``whsec_…``, base64 behind the prefix).

    ``settle_seconds`` is how long a confirmed payment or a refund stays undecided;
    ``swap_seconds`` how long an out-of-order event waits at most for the one that is to pass it.
    """

    api_key: str
    secret: str
    notify_url: str | None = None
    public_url: str | None = None
    state: Path | None = None
    settle_seconds: float = 0.05
    swap_seconds: float = 5.0
    retry_delays: tuple[float, ...] = RETRY_DELAYS
