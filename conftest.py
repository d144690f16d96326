"""Fixtures for every test in the tree."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["common.testing.fixtures"]

# A busy machine is no finding: how long an example takes says nothing about what it shows.
settings.register_profile("evergreen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("evergreen")
