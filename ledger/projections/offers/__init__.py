"""The board of capacity: what firms of a network have free or seek."""
