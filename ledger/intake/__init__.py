"""Documents in: an e-invoice becomes a prefilled draft; nothing is recorded here."""
