"""The write side: one file of commands a noun, `access` for who may, `ledger` for loading and recording."""
