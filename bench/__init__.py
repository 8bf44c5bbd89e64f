"""The benchmark: every line of docs/rules.md, Speed, measured in one run. ``make bench``; ``python -m bench --help``.

How it is measured
- A durable embedded PostgreSQL of its own, on both cores. Each subject (the API as `orderhub api` serves it, the
  bare handler, pgbench) is one process on core 0; wrk makes its load from core 1. 16 connections.
- Subjects take turns, five rounds each after a warm-up; a figure is the median of the rounds' ratios, beside
  their spread. Both sides of a ratio run a second apart, so that a busy machine hurts both. It still blurs
  what one process can do against many: judge on a quiet one.
- OrderHub runs as delivered: rate limits count, every request is logged, each answer carries its headers. Only the
  limits' numbers are raised, so that no request is refused.
- 10,000 open orders of 200 buyers, carts of 5 lines to add to and of 20 to read, issued quotes, all written by SQL;
  tests hold them to the ledger check and to the engines' clocks, the bare handler to the product's own bytes, and
  each pgbench script to the rows that the product writes. Accepting consumes a quote: each run finds them issued anew.
- Messages, offers and purchases are measured among 100,000 items on sale and, in turn, among 10,000, with the same
  orders and as many requests. An item is sold once and has one offer of a buyer: each run finds all on sale again.

What grows: `GET /v1/orders/counts`, a search and `sort=next_deadline` read all orders of their caller, a list
filtered by something rare reads its caller's orders until the page is full (staff's: all orders, by age or by
deadline), `orderhub ledger check` reads the whole ledger; a cart takes more to read and to add to with each of its
lines, of which there are 100 at most. Nothing that is measured here grows with the number of orders, of events, of
conversations, of carts, of quotes or of listings; an offer counts those that its author made that day and those that
are open on its item, a purchase the items that its buyer ordered that day and has not paid.
"""
