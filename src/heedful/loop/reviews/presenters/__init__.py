"""What pages of reviews show."""
