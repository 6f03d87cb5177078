"""What the courier remembers: how far each webhook has been told, and how its last deliveries went."""
