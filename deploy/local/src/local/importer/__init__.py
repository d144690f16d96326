"""Imports a small MSP's spreadsheets (CSV) through the public API; safe to run twice."""
