"""Flags: what somebody wrote that leads away from the hub, gathered for staff by one case a place."""
