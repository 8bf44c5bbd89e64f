"""Carts: what a customer gathers from partner shops before asking for a quote."""
