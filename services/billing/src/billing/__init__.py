"""Billable items, invoices and their numbers, taxes, payments and balances."""
