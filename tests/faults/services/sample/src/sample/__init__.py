"""A minimal service: creates things over HTTP, publishes events and handles its own."""
