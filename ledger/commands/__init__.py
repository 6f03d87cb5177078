"""What the command line does: one file a command or a noun, each of which says what may be typed after it."""
