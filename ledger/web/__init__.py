"""What both faces take from a request and give to a reader: no address of its own, and no rule."""
