"""The sandbox payment provider: a separate HTTP server that behaves as a card and wallet provider.

It shares no code and no state with OrderHub, only HTTP: run it as ``python -m
orderhub.adapters.payments.sandbox_server``, or within a test by `serving.running_sandbox`.

Where to look: ``bodies.py`` what can be asked · ``payments.py`` ``refunds.py`` ``chargebacks.py``
what the provider does · ``cards.py`` the test cards · ``behaviour.py`` what may be made to go wrong ·
``notifier.py`` signed notifications · ``journal.py`` what survives a restart · ``routes.py``
``pages.py`` ``control.py`` the three HTTP surfaces: the merchant's, the payer's, the tester's.
"""
