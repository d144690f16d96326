"""Labor rates: what an hour of a technician costs the MSP."""
