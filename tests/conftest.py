"""Tests that look at the whole: contracts, architecture, and a running system."""

from local.testing import admin, system, tag

__all__ = ["admin", "system", "tag"]
