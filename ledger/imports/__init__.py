"""Files of joint work, line by line: what a network brings along from its old books."""
