"""OrderHub: an order back end that holds the money until the buyer has what was promised."""
