"""Fixtures for every test in the tree."""

pytest_plugins = ["common.testing.fixtures"]
