"""A second subscriber that stores every event."""
