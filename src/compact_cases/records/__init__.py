"""PostgreSQL: one module is one table, or two that are one thing, and the few queries on it."""
