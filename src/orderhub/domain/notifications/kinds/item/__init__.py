"""Letters of orders of items."""
