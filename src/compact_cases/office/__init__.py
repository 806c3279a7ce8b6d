"""What people can do; the only layer that opens a write transaction."""
