"""Partner shops: the public directory, their sites, and who edits them."""
