"""The eight kinds of joint work as the demonstration's firms do them, one file a kind."""
