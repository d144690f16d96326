"""Brings a small MSP's spreadsheets (CSV) into Evergreen through the public API only; safe to run twice."""
