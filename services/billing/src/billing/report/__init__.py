"""Reports on margin and unbilled work."""
