"""The webhooks: who is told of what, and where; never their secrets."""
