"""What the procedure says, as pure functions: no database, clock, network or randomness."""
