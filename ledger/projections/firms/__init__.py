"""The directory of member firms."""
