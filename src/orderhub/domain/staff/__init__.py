"""What staff see across the other packages: the queue, flags, payments and refunds. No other package imports it."""
