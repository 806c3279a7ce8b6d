"""What the office sees beside its cases."""
