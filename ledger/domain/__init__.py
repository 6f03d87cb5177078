"""What is true: the aggregates, their events and their rules. No framework, no SQL, no HTTP here."""
