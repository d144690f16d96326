"""A believable MSP, made through the public API: what a visitor sees first."""
