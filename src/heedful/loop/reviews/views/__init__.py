"""Pages of reviews, and the pages on which something is done with a theme."""
