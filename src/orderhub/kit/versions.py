"""The versions of something that a caller has looked at: what ``If-Match`` says."""

Versions = frozenset[int]
"""Any of these will do; none at all is what no version ever is."""
