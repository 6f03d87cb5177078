"""The accounts: who may act for whom, and since when."""
