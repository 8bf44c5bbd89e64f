"""Cases: what waits for staff because a rule alone can't settle it."""
