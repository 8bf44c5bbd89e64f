"""Orders at the edge: what any order takes and shows, and a module for each kind.

``action.py`` is what every body of an action is, ``common.py`` the actions of any kind, ``service.py`` and
``sourced.py`` those of one kind and what only its reader sees, ``actions.py`` all of them together, and
``order.py`` what is answered.
"""
