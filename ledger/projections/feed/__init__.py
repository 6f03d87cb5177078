"""Who is told of which event: one row for each viewer that an event concerns."""
