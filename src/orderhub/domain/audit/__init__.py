"""The audit: who of the staff changed what, when, from what to what. Any other package may write to it."""
