"""Imports from files: events first; what comes in is history and starts nothing."""
