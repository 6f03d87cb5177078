"""Who worked with whom: counterparties, concentration, work across the border."""
