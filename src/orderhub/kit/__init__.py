"""Small tools without I/O and without business words; every floor may use them."""
