"""Pages of telling and of bulletins."""
