"""PostgreSQL and what is built on it without business words."""
