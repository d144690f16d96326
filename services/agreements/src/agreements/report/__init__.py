"""Reports over many agreements."""
