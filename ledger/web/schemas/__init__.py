"""What callers send: marshmallow schemas, built once; unknown fields are refused."""
