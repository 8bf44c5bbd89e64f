"""How an upload is read from its form, waits for its turn, and is recognised when it is sent again."""
