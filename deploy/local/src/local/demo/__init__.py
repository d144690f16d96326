"""A demo MSP, created through the public API."""
