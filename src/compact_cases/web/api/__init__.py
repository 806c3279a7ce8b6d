"""The same acts and questions as JSON."""
