"""The API keys: who holds which, and until when."""
