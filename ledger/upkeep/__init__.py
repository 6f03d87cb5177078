"""What the ledger does by itself when its time has come."""
