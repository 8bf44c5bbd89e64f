"""People who sign in: registration, sessions, profile, addresses, preferences, staff roles.

Imports no other domain package but ``events``: what others hold of a person they register in
``open_matters.py`` (what keeps an account open) and ``personal_data.py`` (export and erasure).
"""
