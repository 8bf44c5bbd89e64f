"""Private messages between two people, masked until an order between them is paid."""
