"""Background work of all services, in one list."""
