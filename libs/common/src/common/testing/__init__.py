"""Helpers for tests on real PostgreSQL and RabbitMQ; imported by tests only."""
