"""An item's order at the edge: how it is placed, the actions that only it has, and what only its reader sees."""
