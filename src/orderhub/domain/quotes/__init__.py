"""Quotes, or proformas: asked for from a cart, priced by staff, issued in versions, accepted into an order."""
