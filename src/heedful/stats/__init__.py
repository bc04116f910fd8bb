"""Statistics for incident data: numbers in, frozen results out. No Django, no I/O, no clock, no plotting."""
