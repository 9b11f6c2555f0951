"""What `compare` is made of: the rows that may stand side by side, and the numbers worked out from them."""
