"""Pages of triage."""
