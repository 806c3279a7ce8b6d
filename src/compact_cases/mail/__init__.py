"""Letters as people read them, and the way they leave the house."""
