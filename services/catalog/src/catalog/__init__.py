"""What the MSP sells: master services with their standard rates, and tax codes."""
