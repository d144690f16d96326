"""Who the MSP works for: clients, their contacts, technicians and rate cards."""
