"""The ledger: double entry, append-only. Every posting moves an amount from one account to another."""
