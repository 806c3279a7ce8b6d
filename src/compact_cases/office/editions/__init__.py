"""Editions of the procedure and of the calendar: previewed against open cases, then applied."""
