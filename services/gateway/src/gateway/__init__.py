"""The front door: who may come in, where a request goes, and who did what."""
