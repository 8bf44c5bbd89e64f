"""Pictures: how much work they are, found without decoding, and how they are written anew for screens."""
