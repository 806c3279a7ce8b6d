"""Cases: the list, the case, and one module a chapter for what is done in it."""
