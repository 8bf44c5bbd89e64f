"""A sourced order at the edge: the actions that only it has, and what only its reader sees."""
