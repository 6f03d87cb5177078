"""The networks, and the banks beside them."""
