"""The registry: bodies with their contacts, and the editions of Codes, procedure and calendar."""
