"""Traces for who asks for them."""
