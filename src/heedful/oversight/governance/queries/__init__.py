"""What a board may know: everything starts from the viewer, and nothing here is about one person."""
