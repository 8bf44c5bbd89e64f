"""What is said of each kind of order, a room each."""
