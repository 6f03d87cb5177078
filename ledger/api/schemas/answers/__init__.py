"""What the interface answers: the JSON Schema of every body, one file a group of nouns.

Callers must expect further fields: a later release may add some, and takes none away.
"""
