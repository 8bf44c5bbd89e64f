"""Payments and refunds: their tables, their port, and what a verified notification does."""
