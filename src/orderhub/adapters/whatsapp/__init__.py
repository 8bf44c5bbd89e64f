"""A way out for WhatsApp messages: Meta's Cloud API."""
