"""Casework: the one way a case changes, by an act or by the sweep, and whether its record is whole."""
