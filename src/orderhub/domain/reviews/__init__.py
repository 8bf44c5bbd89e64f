"""Reviews of completed orders: a rating and a text by each party, and one reply to each."""
