"""A collaboration ledger for regional production networks."""
