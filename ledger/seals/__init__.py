"""The seals of the log: its Merkle tree and signed heads, what makes them, and what holds the log against them."""
