"""What callers get, as the OpenAPI document shows it."""
