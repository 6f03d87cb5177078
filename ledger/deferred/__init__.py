"""What was said on a page and may still be taken back: kept beside the log until its time has come."""
