"""Contact details and payment links in what people write: found, masked, flagged. Pure."""
