"""What only a sourced order has: its facts, guards, clocks and effects, used by its table."""
