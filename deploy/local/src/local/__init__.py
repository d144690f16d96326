"""Runs all of Evergreen on one machine, as privately as a test needs and as conveniently as a developer wants."""
