"""Runs all of Evergreen on one machine, for development and tests."""
