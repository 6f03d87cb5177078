"""Who looked at a firm, when and for which purpose."""
