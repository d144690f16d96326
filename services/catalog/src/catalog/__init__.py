"""The services the MSP sells, with their default rates, and tax codes."""
