"""Read-only questions, each one SQL statement and one frozen row type."""
