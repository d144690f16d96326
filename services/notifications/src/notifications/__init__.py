"""Email to clients and staff: templates, recipients and deliveries."""
