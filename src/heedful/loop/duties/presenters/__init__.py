"""What pages of triage say: values in plain words, ready for a template."""
