"""Forms and calls come in here as commands; records go out as pages and JSON. No rule is decided here."""
