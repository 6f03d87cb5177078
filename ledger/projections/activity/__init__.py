"""What happens in a network: its latest events, and the monthly figures that its coordinator steers by."""
