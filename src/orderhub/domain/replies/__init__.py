"""Mails that people send back to us: a reply with an attachment is a proof of payment."""
