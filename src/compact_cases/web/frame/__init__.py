"""The frame: what every page and call needs."""
