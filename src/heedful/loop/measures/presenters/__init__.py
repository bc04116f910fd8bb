"""From lines to pages."""
