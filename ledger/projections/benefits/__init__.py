"""What firms have of it: how often banks looked, asked for referrals, and lent."""
