"""What is done with clauses, one function an act, each part in its module."""
