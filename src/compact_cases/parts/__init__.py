"""What ``compact-cases up`` runs on one machine: PostgreSQL, Redis, a mail catcher, and who watches them."""
