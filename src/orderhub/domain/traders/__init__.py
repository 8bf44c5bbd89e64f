"""Traders: professional sellers, by facts that staff verify."""
