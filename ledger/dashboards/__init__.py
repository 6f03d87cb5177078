"""The face for people: one file a page, made on the server; no SQL and no rule of its own."""
