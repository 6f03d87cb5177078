"""The trust score: what partners report of confirmed work, as a number that explains itself."""
