"""The sample data: people of the French market, what they sell, and orders in every status.

``make run`` writes it into an empty database. Everything comes about as in real life, in a past that the clock
runs through: the engine takes each row, the provider's notifications bring the money, timers fire when they are
due. So history, ledger, deadlines, conversations and events are true. It is all written, or nothing is.
"""

from orderhub.seed.sample_data import seed

__all__ = ["seed"]
