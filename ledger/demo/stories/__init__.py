"""The stories of the demonstration besides everyday work; each file tells one."""
