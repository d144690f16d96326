"""A service as small as can be: makes things over HTTP, announces them, and reads its own announcements."""
