"""Payments of an order: starting them, what providers say of them, refunds, chargebacks, proofs."""
