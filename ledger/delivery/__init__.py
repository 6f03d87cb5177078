"""What leaves the house: referrals for banks."""
