"""Quotes: the proforma from its request to its acceptance, its versions, and who may do what with it."""
