"""Work on what strangers send, in processes of its own that can be stopped; ``Isolation`` in ``pool.py`` runs it."""
