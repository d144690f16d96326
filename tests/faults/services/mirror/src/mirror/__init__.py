"""A second subscriber, which keeps every event there is."""
