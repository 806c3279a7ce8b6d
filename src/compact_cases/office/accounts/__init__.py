"""Accounts: who is who, and for how long."""
