"""Who looked at a firm, when and for which purpose; and who acted for it."""
