"""Pages for people: what they show, drawn on the server."""
