"""What pages of actions show."""
