"""Running Heedful: embedded database, supervision, health, backup, restore and upgrade."""
