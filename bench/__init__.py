"""The benchmark: every line of quality.md, Speed, measured in one run. ``python -m bench --help``."""
