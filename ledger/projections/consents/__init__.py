"""Which bank may look at which firm, and the clause that every other read model takes from it."""
