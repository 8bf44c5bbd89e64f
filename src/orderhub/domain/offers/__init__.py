"""Offers: a price proposed to one person, for one listing or one order; who may do what with it, and what ends it."""
