"""The collaboration history: every piece of joint work, where it stands and how it came there."""
