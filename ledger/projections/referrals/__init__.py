"""The referrals that banks hold of firms."""
