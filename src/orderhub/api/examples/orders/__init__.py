"""Examples of orders: reading and placing in ``order.py``, the actions of each kind in a module of its own."""
