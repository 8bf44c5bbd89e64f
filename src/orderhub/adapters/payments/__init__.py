"""Payment providers behind the port of ``domain/payments/ports.py``.

``sandbox.py`` is the client of the sandbox provider; ``sandbox_server/`` is that provider itself, a
server of its own that knows nothing of OrderHub.
"""
