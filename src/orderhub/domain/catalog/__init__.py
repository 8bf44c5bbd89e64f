"""What is offered for sale: listings, their options, categories and prices."""
