"""Who is told what, and whether it arrived: templates, recipients, deliveries."""
