"""Raising a concern: the form, its drafts, and the receipt."""
