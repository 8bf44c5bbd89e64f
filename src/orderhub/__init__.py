"""OrderHub: an order back end that holds the money until the buyer has what was promised."""

from importlib.metadata import version

__version__ = version("orderhub")
