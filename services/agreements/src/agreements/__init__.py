"""Agreements with clients, their hours, work orders and time entries."""
