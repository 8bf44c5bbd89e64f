"""Orders at the edge: what any order takes and shows, and a module for each kind.

``action.py`` is what every body of an action is, ``placing.py`` what every body that places is, ``common.py`` the
actions of any kind, ``service/`` and ``sourced/`` those of one kind and what only its reader sees, ``bodies.py``
lists the kinds, ``actions.py`` puts all together, ``codes.py`` names the closed sets, and ``order.py`` is what is
answered.
"""
