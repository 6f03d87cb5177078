"""The face for programs: HTTP and JSON, one file a noun; no SQL and no rule of its own."""
