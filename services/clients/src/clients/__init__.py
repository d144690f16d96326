"""The MSP's clients with their contacts, technicians and rate cards."""
