"""Ways out for a mail: an SMTP server, the dev mailbox, or both."""
