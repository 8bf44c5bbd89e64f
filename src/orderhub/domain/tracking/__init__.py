"""What carriers say of parcels, and what follows for the orders that are in them."""
