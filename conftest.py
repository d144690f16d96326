"""Fixtures for every test in the tree."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["common.testing.fixtures"]

# Slow examples are not failures, because the machine may be busy.
settings.register_profile("evergreen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("evergreen")
